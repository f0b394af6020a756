"""One machine, one person: `manage.py quickstart`. Real pages and real errors, no DEBUG, a secret made on the spot."""

import warnings

from config import env
from config.local_secret import make_badge_key, make_seal_key, read_or_make_secret

from .base import *
from .base import VAR_DIR

SECRET_KEY = read_or_make_secret(VAR_DIR / "secret_key")
BADGE_KEYS = env.read_keys("BADGE_KEYS", read_or_make_secret(VAR_DIR / "badge_key", make_badge_key))
SEAL_KEYS = env.read_seal_keys("SEAL_KEYS", read_or_make_secret(VAR_DIR / "seal_key", make_seal_key))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost", *env.read_list("ALLOWED_HOSTS")]
DATABASES = {"default": env.read_database("DATABASE_URL", VAR_DIR / "chuoykhum.sqlite3")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
SOCKETS_SHARE_PROCESS = True

# One ASGI process serves files too here; a thread reads them, which is what the warning asks for.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
