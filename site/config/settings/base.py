"""What every way of running shares. The machine's own values are read in `local`, `production` and `test`."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env

from .api import *
from .editors import *
from .people import *

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"
VAR_DIR = env.read_folder("VAR_DIR", BASE_DIR / "var")

DEBUG = False
ALLOWED_HOSTS: list[str] = []
INTERNAL_IPS: list[str] = []

INSTALLED_APPS = [
    # Ours, from the top of the house to its foundation: an upper app's templates win.
    "home.apps.HomeConfig",
    "participation.apps.ParticipationConfig",
    "volunteers.apps.VolunteersConfig",
    "courses.apps.CoursesConfig",
    "forums.apps.ForumsConfig",
    "notifications.apps.NotificationsConfig",
    "accounts.apps.AccountsConfig",
    "places.apps.PlacesConfig",
    "ui.apps.UiConfig",
    # Pages and editors
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "accounts.apps.UsersAdminConfig",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # People
    "allauth",
    "allauth.account",
    "rules.apps.AutodiscoverRulesConfig",
    # API, sockets, tasks
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "channels",
    "django_tasks",
    "django_tasks_db",
    # Django
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.admin_policy",
    "config.middleware.TextGzipMiddleware",
    "config.middleware.PagesBrotliMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ui.middleware.LanguageMiddleware",
    "config.middleware.refuse_nul",
    "config.uploads.refuse_huge",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ui.middleware.FormsOnlyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "courses.middleware.VisitorMiddleware",
    "config.own_section.OwnSectionMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

_loaders = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _loaders)])],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.shell",
            ],
        },
    },
]

FORM_RENDERER = "ui.forms.Renderer"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and place
LANGUAGE_CODE = "km"
LOCALE_PATHS = [SITE_DIR / "locale", SITE_DIR / "locale-frameworks"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Phnom_Penh"

# Static files and uploads
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_storage.VisitorFirstStorage"},
    # What people hand in: no address leads here, a view asks who is asking.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "private",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
BODY_MOST = 42 * 1024 * 1024  # four files of 10 MB and the words beside them; more is refused unread
EDITORS_BODY_MOST = 120 * 1024 * 1024  # under /admin/: films of lessons, a whole course as one file

# Security: nothing inline, nothing from elsewhere. The editors' admin has its own policy (config.middleware).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "frame-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor's preview is a frame of our own

# Notifications: the hours of Phnom Penh in which no e-mail goes out, and how many one person gets in seven days.
QUIET_FROM = env.read_hour("QUIET_FROM", 21)
QUIET_UNTIL = env.read_hour("QUIET_UNTIL", 6)
MAILS_A_WEEK = env.read_number("MAILS_A_WEEK", 7)
EMAIL_TIMEOUT = 20  # seconds; a mail server that says nothing holds up the others no longer

# Forum: who writes protected is sealed with the first of these; without any, nobody can write protected.
SEAL_KEYS: list[bytes] = []

# Forum: so many posts of somebody new wait until a moderator has looked, for 12 hours at most
FIRST_POSTS_HELD = env.read_number("FIRST_POSTS_HELD", 1)
# After so many hours moderators are reminded of a post that waits, and the programme is asked; 0: never
HELD_REMINDER_HOURS = env.read_number("HELD_REMINDER_HOURS", 6)
HELD_ESCALATION_HOURS = env.read_number("HELD_ESCALATION_HOURS", 24)

# Finding work: how many seconds a process counts in memory whose requests were seen, before it writes
EXPOSURE_SECONDS = 60.0

# Background work
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Sockets: without Redis one process carries all; with it each process has one subscription.
REDIS_URL: str | None = None
SOCKETS_SHARE_PROCESS = False  # True where one process serves pages and sockets; else, without Redis, pages poll
SOCKET_ORIGIN = ""  # only where the sockets live on another origin than the pages
CHANNEL_LAYERS: dict[str, Any] = {}

# Badges: signed with the first secret key; without any, certificates go without a badge.
BADGE_KEYS: list[tuple[str, bytes]] = []

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []
SITE_NAME = _("Chuoy Khum")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "filters": {"without_bad_frames": {"()": "config.log_filters.WithoutBadFrames"}},
    "loggers": {"uvicorn.error": {"filters": ["without_bad_frames"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
