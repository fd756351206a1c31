"""Work for the background."""

from django.utils import timezone
from django_tasks import task


@task(backend="bg")
def make_all(pk: int) -> None:
    """Every obligation of a round."""
    from campaign.reporting.services.rounds import make_reports

    make_reports(pk, now=timezone.now())
