"""The portal's settings for test runs: own folder, own broker, cheap passwords.

Set before the real settings are read; child processes (a worker, manage.py) inherit it all.
"""

import os
import tempfile
from pathlib import Path

if "PORTAL_TEST_VAR" not in os.environ:
    os.environ["PORTAL_TEST_VAR"] = tempfile.mkdtemp(prefix="portal-test-")
TEST_VAR = Path(os.environ["PORTAL_TEST_VAR"])
os.environ["PORTAL_ENV"] = "local"
os.environ["PORTAL_VAR"] = str(TEST_VAR)
os.environ.setdefault("REDIS_URL", f"unix://{TEST_VAR}/valkey.sock?db=0")
# Playwright runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from campaign_portal.settings import *  # noqa: E402, F403
from campaign_portal.settings import DATABASES, LOGGING, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: a worker process must see it. One for each run: runs do not collide.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_VAR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_portal_{os.path.basename(TEST_VAR)[-8:]}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
STATIC_ROOT = TEST_VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_PAGE_SECONDS = 0  # tests change what a board shows within a moment
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = "WARNING"
AXES_ENABLED = os.environ.get("PORTAL_TEST_AXES") == "1"
