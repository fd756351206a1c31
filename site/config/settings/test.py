"""Tests: the embedded settings, with an own database, own folders, plain static files and quick passwords."""

import os

from .base import *  # noqa: F403
from .base import DATABASES, VAR

DEMO_ALLOWED = True
# Test processes side by side share no folder; pytest-django gives each its own database.
TEST_FOLDER = VAR / "test" / os.environ.get("PYTEST_XDIST_WORKER", "")
TEST_FOLDER.mkdir(parents=True, exist_ok=True)
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
# A file, never memory: threads of a concurrency test must meet at one database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FOLDER / "db.sqlite3")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = TEST_FOLDER / "media"
PRIVATE_ROOT = TEST_FOLDER / "private"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {
    alias: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    for alias in ("default", "bg")
}
