"""The framework texts a visitor can meet, read from the packages installed, so that an upgrade shows what it adds."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib

from tests.words.extraction import Text, texts_of_file

# Folders and files whose texts can reach a visitor. Not here: the editor's and administrator's screens (English),
# social sign-in, headless and identity provider parts of allauth (not installed), and pages for developers.
MET_BY_VISITORS: dict[str, list[str]] = {
    "django": [
        "core",
        "db/models",
        "forms",
        "template",
        "utils",
        "views/csrf.py",
        "contrib/auth/base_user.py",
        "contrib/auth/forms.py",
        "contrib/auth/models.py",
        "contrib/auth/password_validation.py",
        "contrib/auth/templates",
        "contrib/auth/validators.py",
        "contrib/auth/views.py",
    ],
    "allauth": [
        "account",
        "core",
        "mfa",  # not installed yet; its words stand ready for officials who want a second lock
        "usersessions",
        "templates/account",
        "templates/allauth",
        "templates/mfa",
        "templates/usersessions",
    ],
    "rest_framework": [""],
    "django_filters": ["fields.py", "filters.py", "widgets.py", "rest_framework", "templates"],
    "wagtail": ["forms.py", "templates/wagtailcore", "documents/templates/wagtaildocs/password_required.html"],
}

# What an organisation's author meets first in the editors' admin; there every text has Khmer. Of the rest of these
# packages the catalogue holds what is met often; reports, settings and tools of administrators stay English.
WAGTAIL_ADMIN = "admin/templates/wagtailadmin"
MET_BY_AUTHORS: dict[str, list[str]] = {
    "wagtail": [
        "admin/action_menu.py",
        "admin/panels/page_utils.py",
        "admin/panels/title_field_panel.py",
        "admin/ui/side_panels.py",
        "admin/views/account.py",
        "admin/views/generic/workflow.py",
        "admin/views/home.py",
        "admin/views/pages/bulk_actions/page_bulk_action.py",
        "admin/views/pages/bulk_actions/publish.py",
        "admin/views/pages/create.py",
        "admin/views/pages/edit.py",
        "admin/views/pages/listing.py",
        "admin/views/reports/audit_logging.py",
        "admin/views/reports/workflows.py",
        "admin/widgets/chooser.py",
        f"{WAGTAIL_ADMIN}/base.html",
        f"{WAGTAIL_ADMIN}/home.html",
        f"{WAGTAIL_ADMIN}/home/recent_edits.html",
        f"{WAGTAIL_ADMIN}/home/workflow_objects_to_moderate.html",
        f"{WAGTAIL_ADMIN}/pages/action_menu",
        f"{WAGTAIL_ADMIN}/pages/confirm_unpublish.html",
        f"{WAGTAIL_ADMIN}/pages/confirm_workflow_cancellation.html",
        f"{WAGTAIL_ADMIN}/reports/workflow_results.html",
        f"{WAGTAIL_ADMIN}/shared/autosave",
        f"{WAGTAIL_ADMIN}/shared/breadcrumbs.html",
        f"{WAGTAIL_ADMIN}/shared/page_status_tag_new.html",
        f"{WAGTAIL_ADMIN}/shared/pagination_nav.html",
        f"{WAGTAIL_ADMIN}/shared/side_panels.html",
        f"{WAGTAIL_ADMIN}/shared/side_panels/includes/status",
        f"{WAGTAIL_ADMIN}/shared/side_panels/preview.html",
        f"{WAGTAIL_ADMIN}/shared/side_panels/status.html",
        f"{WAGTAIL_ADMIN}/workflows/workflow_status.html",
        "blocks/field_block.py",
        "blocks/list_block.py",
        "blocks/stream_block.py",
        "images/widgets.py",
    ],
    "wagtail_localize": ["templates/wagtail_localize/admin/edit_translation.html"],
}

DEVELOPERS_READ_ENGLISH = "describes a parameter in the API reference, which is in English"
NAMES_OF_COLUMN_TYPES = "names a kind of column; only Django's admindocs, not installed, shows it"
FOR_ADMINISTRATORS = "stands in Django's admin, which is not installed"
EXCLUDED: dict[str, set[str]] = {
    DEVELOPERS_READ_ENGLISH: {
        "A page number within the paginated result set.",
        "A search term.",
        "A {value_type} identifying this {name}.",
        "Number of results to return per page.",
        "The initial index from which to return the results.",
        "The pagination cursor value.",
        "UUID string",
        "Which field to use when ordering the results.",
        "unique integer value",
        "unique value",
    },
    NAMES_OF_COLUMN_TYPES: {
        "%(from)s-%(to)s relationship",
        "%(from)s-%(to)s relationships",
        "A JSON object",
        "Big (8 byte) integer",
        "Boolean (Either True or False)",
        "Boolean (Either True, False or None)",
        "Comma-separated integers",
        "Date (with time)",
        "Date (without time)",
        "Decimal number",
        "Duration",
        "Field of type: %(field_type)s",
        "File",
        "File path",
        "Floating point number",
        "Foreign Key (type determined by related field)",
        "IP address",
        "IPv4 address",
        "Image",
        "Integer",
        "Many-to-many relationship",
        "One-to-one relationship",
        "Positive big integer",
        "Positive integer",
        "Positive small integer",
        "Raw binary data",
        "Slug (up to %(max_length)s)",
        "Small integer",
        "String (unlimited)",
        "String (up to %(max_length)s)",
        "Text",
        "Time",
        "URL",
        "Universally unique identifier",
    },
    FOR_ADMINISTRATORS: {
        "Auth Token",
        "Disabled",
        "Enable password-based authentication for this user by setting a password.",
        "Enabled",
        "Password-based authentication",
        "Raw passwords are not stored, so there is no way to see the user’s password.",
        "Tokens",
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able "
        "to authenticate using other backends, such as Single Sign-On or LDAP.",
    },
}


def folder_of(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.origin is not None
    return Path(spec.origin).parent


def sources_of(package: str) -> list[Path]:
    return list_sources(package, MET_BY_VISITORS[package])


def list_sources(package: str, names: list[str]) -> list[Path]:
    files = []
    for name in names:
        place = folder_of(package) / name
        assert place.exists(), f"{package} no longer has {name}"
        files += [place] if place.is_file() else [path for path in place.rglob("*") if is_source(path)]
    return sorted(files)


def is_source(path: Path) -> bool:
    return path.suffix in {".py", ".html", ".txt"} and not {"migrations", "tests"} & set(path.parts)


@cache
def texts_of(package: str) -> frozenset[Text]:
    """Every text of the package that is not excluded, those that gettext cannot translate (empty) left out."""
    excluded = set().union(*EXCLUDED.values())
    found = {text for path in sources_of(package) for text in texts_of_file(path)}
    return frozenset(text for text in found if text.singular and text.singular not in excluded)


@cache
def texts_for_authors(package: str) -> frozenset[Text]:
    """Every text of what an author meets first."""
    found = {text for path in list_sources(package, MET_BY_AUTHORS[package]) for text in texts_of_file(path)}
    return frozenset(text for text in found if text.singular)


@cache
def texts_of_editors() -> frozenset[Text]:
    """Every text of the editors' admin, met often or not."""
    return frozenset(
        text for package in MET_BY_AUTHORS for path in list_sources(package, [""]) for text in texts_of_file(path)
    )


@cache
def texts_of_scripts() -> frozenset[tuple[str, str]]:
    """The texts of the admin's scripts, as their packages list them for translators: with the plural, "" for none."""
    place = "locale/de/LC_MESSAGES/djangojs.po"
    files = [folder_of(package) / place for package in ("wagtail.admin", "wagtail_localize")]
    return frozenset((entry.msgid, entry.msgid_plural) for path in files for entry in polib.pofile(str(path)))
