"""An organisation's own section: pages, files, editors, and the review before anything is published."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.enums import MembershipRole
from accounts.models import Membership, Organisation
from accounts.rules import MODERATORS
from courses.models import CourseIndexPage, PublisherPage
from courses.services.index import ensure_course_indexes
from ui.starter import make_id

REVIEW = "NGO review"
EDITOR_ROLES = (MembershipRole.AUTHOR, MembershipRole.MANAGER)
EDITOR_PAGE_RIGHTS = ("add", "change")
MODERATOR_PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock")
FILE_RIGHTS = tuple(
    (app, f"{verb}_{kind}")
    for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)
ADMIN_RIGHTS = (("wagtailadmin", "access_admin"), ("wagtail_localize", "submit_translation"))


@transaction.atomic
def set_up_publisher(organisation: Organisation) -> dict[str, PublisherPage]:
    """Give an organisation its section in both languages, a collection and a group of editors. Safe to repeat.

    Returns the section pages by language code. Editors add and change; publishing needs a moderator's review.
    """
    indexes = ensure_course_indexes()
    set_up_review(indexes)
    pages = {language: _ensure_page(index, organisation) for language, index in indexes.items()}
    name = name_group(pages["km"])
    group, _made = Group.objects.get_or_create(name=name)
    _grant_admin(group)
    for page in pages.values():
        _grant_pages(group, page, EDITOR_PAGE_RIGHTS)
    _grant_files(group, _ensure_collection(name))
    sync_editors(organisation)
    return pages


@transaction.atomic
def sync_editors(organisation: Organisation) -> None:
    """The group holds exactly the organisation's active editors and managers. Nothing where it has no section."""
    page = PublisherPage.objects.filter(organisation=organisation).order_by("pk").first()
    group = Group.objects.filter(name=name_group(page)).first() if page else None
    if group is None:
        return
    members = Membership.objects.active().filter(organisation=organisation, role__in=EDITOR_ROLES)
    group.user_set.set(members.values_list("user", flat=True))


@transaction.atomic
def set_up_review(indexes: dict[str, CourseIndexPage]) -> Workflow:
    """Everything below the catalogues is published by a moderator, or through them."""
    moderators, _made = Group.objects.get_or_create(name=MODERATORS)
    _grant_admin(moderators)
    workflow: Workflow
    workflow, _made = Workflow.objects.get_or_create(name=REVIEW)
    task, _made = GroupApprovalTask.objects.get_or_create(name=REVIEW)
    task.groups.add(moderators)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 1})
    for index in indexes.values():
        WorkflowPage.objects.update_or_create(page_id=index.pk, defaults={"workflow": workflow})
        _grant_pages(moderators, index, MODERATOR_PAGE_RIGHTS)
    return workflow


def name_group(page: PublisherPage) -> str:
    """The name of the group, and of the collection, behind a section. Stable: the key, not the title, is in it."""
    return f"NGO {page.translation_key.hex[:12]} editors"


def _ensure_page(index: CourseIndexPage, organisation: Organisation) -> PublisherPage:
    existing: PublisherPage | None = PublisherPage.objects.filter(
        organisation=organisation, locale=index.locale
    ).first()
    if existing is not None:
        return existing
    page = PublisherPage(
        title=organisation.name_en if index.locale.language_code == "en" else organisation.name_km,
        slug=_free_slug(index, organisation),
        organisation=organisation,
        locale=index.locale,
        translation_key=make_id(f"publisher/{organisation.public_id}"),
    )
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def _free_slug(index: Page, organisation: Organisation) -> str:
    slug = slugify(organisation.name_en)[:60] or "ngo"
    return f"{slug}-{organisation.pk}" if index.get_children().filter(slug=slug).exists() else slug


def _ensure_collection(name: str) -> Collection:
    root = Collection.get_first_root_node()
    existing = root.get_children().filter(name=name).first()
    collection: Collection = existing or root.add_child(instance=Collection(name=name))
    return collection


def _grant_admin(group: Group) -> None:
    for app, codename in ADMIN_RIGHTS:
        group.permissions.add(_find_right(app, codename))


def _grant_pages(group: Group, page: Page, rights: tuple[str, ...]) -> None:
    for right in rights:
        permission = _find_right("wagtailcore", f"{right}_page")
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _grant_files(group: Group, collection: Collection) -> None:
    for app, codename in FILE_RIGHTS:
        permission = _find_right(app, codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _find_right(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
