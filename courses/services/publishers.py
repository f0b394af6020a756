"""An organisation's own section: pages, files, one group a right, and the review before anything is published."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.enums import MembershipRole, Verification
from accounts.models import Membership, Organisation
from accounts.rules import MODERATORS
from courses.models import CourseIndexPage, PublisherPage, ReviewTask
from courses.rules import AUTHOR_ROLES, PUBLISHER_ROLES, REVIEWER_ROLES
from courses.services.index import ensure_course_indexes
from ui.starter import make_id

REVIEW = "NGO review"
MODERATOR_PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock")


@dataclass(frozen=True)
class Desk:
    """One of the groups behind a section: who is in it, and what it may do with pages and files there."""

    name: str
    roles: frozenset[MembershipRole]
    page_rights: tuple[str, ...]
    file_verbs: tuple[str, ...]


EDITORS = Desk("editors", AUTHOR_ROLES, ("add", "change"), ("add", "change", "choose"))
# "lock" lets them see the section; they open a page for editing only while it waits for their review.
REVIEWERS = Desk("reviewers", REVIEWER_ROLES, ("lock",), ("choose",))
PUBLISHERS = Desk("publishers", PUBLISHER_ROLES, ("publish", "lock", "unlock"), ("choose",))
DESKS = (EDITORS, REVIEWERS, PUBLISHERS)
FILE_KINDS = (("wagtailimages", "image"), ("wagtaildocs", "document"))
ADMIN_RIGHTS = (("wagtailadmin", "access_admin"), ("wagtail_localize", "submit_translation"))


@transaction.atomic
def set_up_publisher(organisation: Organisation) -> dict[str, PublisherPage]:
    """Give an organisation its section in both languages, a collection, its groups and its review. Safe to repeat.

    Returns the section pages by language code.
    """
    indexes = ensure_course_indexes()
    set_up_review(indexes)
    pages = {language: _ensure_page(index, organisation) for language, index in indexes.items()}
    collection = _ensure_collection(name_group(pages["km"]))
    groups = {}
    for desk in DESKS:
        group, _made = Group.objects.get_or_create(name=name_group(pages["km"], desk))
        groups[desk] = group
        _grant_admin(group)
        _grant_files(group, collection, desk.file_verbs)
        for page in pages.values():
            _grant_pages(group, page, desk.page_rights)
    moderators = Group.objects.get(name=MODERATORS)
    _assign_review(f"{REVIEW}: {organisation.name_en}"[:250], pages.values(), (moderators, groups[REVIEWERS]))
    sync_editors(organisation)
    return pages


@transaction.atomic
def sync_editors(organisation: Organisation) -> None:
    """Each group holds exactly the organisation's active members of its roles; nobody while it is not verified.

    Nothing happens where it has no section. A facilitator is in none: they have no pages to write.
    """
    page = PublisherPage.objects.filter(organisation=organisation).order_by("pk").first()
    if page is None:
        return
    members = Membership.objects.active().filter(
        organisation=organisation, organisation__verification=Verification.VERIFIED
    )
    for desk in DESKS:
        group = Group.objects.filter(name=name_group(page, desk)).first()
        if group is not None:
            group.user_set.set(members.filter(role__in=desk.roles).values_list("user", flat=True))


@transaction.atomic
def set_up_review(indexes: dict[str, CourseIndexPage]) -> Workflow:
    """What stands in the catalogues outside a section is published by a moderator, or through them."""
    moderators, _made = Group.objects.get_or_create(name=MODERATORS)
    _grant_admin(moderators)
    for index in indexes.values():
        _grant_pages(moderators, index, MODERATOR_PAGE_RIGHTS)
    return _assign_review(REVIEW, indexes.values(), (moderators,))


def find_section(organisation: Organisation, language: str) -> PublisherPage | None:
    """The organisation's section in this language."""
    return PublisherPage.objects.filter(organisation=organisation, locale__language_code=language).first()


def find_collection(section: PublisherPage) -> Collection | None:
    """Where the files of a section lie."""
    return Collection.objects.filter(name=name_group(section)).first()


def name_group(page: PublisherPage, desk: Desk = EDITORS) -> str:
    """The name of a group behind a section; that of the editors is the collection's too.

    Stable: the key, not the title, is in it.
    """
    return f"NGO {page.translation_key.hex[:12]} {desk.name}"


def _assign_review(name: str, pages: Iterable[Page], groups: Iterable[Group]) -> Workflow:
    """One task that any of these groups settles, for everything below the pages."""
    pages = list(pages)
    assigned = WorkflowPage.objects.filter(page__in=[page.pk for page in pages]).select_related("workflow").first()
    workflow: Workflow = assigned.workflow if assigned else Workflow.objects.create(name=name)
    task = ReviewTask.objects.filter(workflow_tasks__workflow=workflow).first() or ReviewTask.objects.create(name=name)
    task.groups.set(groups)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task=task).delete()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 1})
    for page in pages:
        WorkflowPage.objects.update_or_create(page_id=page.pk, defaults={"workflow": workflow})
    return workflow


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


def _grant_files(group: Group, collection: Collection, verbs: tuple[str, ...]) -> None:
    for app, kind in FILE_KINDS:
        for verb in verbs:
            permission = _find_right(app, f"{verb}_{kind}")
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _find_right(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
