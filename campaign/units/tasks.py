"""Work for the background."""

from django.utils import timezone
from django_tasks import task


@task(backend="bg")
def judge_import(pk: int) -> None:
    """Read an imported file and judge its rows."""
    from campaign.units.services.imports import judge

    judge(pk, now=timezone.localtime())


@task(backend="bg")
def apply_import(pk: int, by: int) -> None:
    """Apply a judged import."""
    from accounts.models import User
    from campaign.units.services.imports import apply

    apply(pk, by=User.objects.get(pk=by), now=timezone.localtime())
