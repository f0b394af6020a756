"""For pytest: fast passwords, memory for cache and mail, tasks run at once."""

from config import env

from .base import *
from .base import STORAGES, VAR_DIR

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BADGE_KEYS = [("secret", b"only-for-tests-" + b"x" * 17)]
DATABASES = {"default": env.read_database("DATABASE_URL", VAR_DIR / "test.sqlite3")}
# Connections that a pool keeps open would outlive the test database.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True  # no scan of a static folder that tests do not fill
SOCKETS_SHARE_PROCESS = True
SEAL_KEYS = [b"only-for-tests--" * 2]
FIRST_POSTS_HELD = 0  # tests of the brakes ask for them
EXPOSURE_SECONDS = float("inf")  # written when a test says so, never in the middle of another
