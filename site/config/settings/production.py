"""`manage.py serve`: every value that matters comes from the environment, and a weak one stops the start."""

from django.core.exceptions import ImproperlyConfigured

from config import env

from .base import *
from .base import LOGGING, REST_FRAMEWORK, VAR_DIR

SECRET_KEY = env.read_text("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith(("django-insecure", "only-for-tests")):
    raise ImproperlyConfigured("SECRET_KEY is too weak: use at least 50 random characters that nobody else has.")
if env.read_flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG is on. Production never starts with it: unset DEBUG.")
ALLOWED_HOSTS = env.read_list("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names of this site, such as chuoykhum.example.")

DATABASES = {"default": env.read_database("DATABASE_URL", VAR_DIR / "chuoykhum.sqlite3")}
REDIS_URL = env.read_text("REDIS_URL", "") or None
CACHES = {
    "default": (
        {"BACKEND": "config.caches.PatientRedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
        }
    )
}
SOCKET_ORIGIN = env.read_text("SOCKET_ORIGIN", "")
WAGTAILADMIN_BASE_URL = env.read_text("SITE_URL", f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = env.read_list("CSRF_TRUSTED_ORIGINS", WAGTAILADMIN_BASE_URL)
BADGE_KEYS = env.read_keys("BADGE_KEYS")
SEAL_KEYS = env.read_seal_keys("SEAL_KEYS")

# Behind a proxy that speaks HTTPS; HTTPS=no is for a try-out on a closed network.
_https = env.read_flag("HTTPS", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if _https else 0

# Rate limits count people, not the proxy: the last so many addresses of X-Forwarded-For are our own proxies'.
_proxies = env.read_number("PROXIES", 1)
if _proxies < 0:
    raise ImproperlyConfigured("PROXIES is below zero; use the number of proxies in front of this site.")
ALLAUTH_TRUSTED_PROXY_COUNT = _proxies
REST_FRAMEWORK = {**REST_FRAMEWORK, "NUM_PROXIES": _proxies}

SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names under this domain may be another's, who may not speak HTTPS yet
    "security.W021",  # for the same reason no browser's preload list
    "security.W019",  # the editors' preview is a frame of our own; frames of others are refused
]

_mail = env.read_text("EMAIL_URL", "")
if _mail:
    globals().update(env.read_mail(_mail))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = env.read_text("DEFAULT_FROM_EMAIL", f"no-reply@{ALLOWED_HOSTS[0]}")

# The journal is for what someone must look at: no line for each task done, no trace for each scanner's made-up host.
LOGGING = {
    **LOGGING,
    "handlers": {
        "console": {**LOGGING["handlers"]["console"], "level": "WARNING"},
        "none": {"class": "logging.NullHandler"},
    },
    "loggers": {**LOGGING["loggers"], "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False}},
}
