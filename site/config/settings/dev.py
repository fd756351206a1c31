"""The embedded way: SQLite, no service, no file to fill in. What `make run` and `make dev` start."""

from .base import *  # noqa: F403
from .base import VAR, env

DEMO_ALLOWED = True
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])


def kept_secret() -> str:
    """A secret of this machine alone, made at the first start, so that sign-ins outlive a restart."""
    from django.core.management.utils import get_random_secret_key

    path = VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret()
# Jobs for the background run at once: there is no worker here.
TASKS = {
    alias: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    for alias in ("default", "bg")
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    PAGE_CACHE_SECONDS = 0
