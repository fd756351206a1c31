"""Verb on the log of who opened a proposal, or took a file out of it: shown to the office."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from campaign.awards.models import Dossier, DossierOpening

LONGEST = 160
# Turning the pages of one proposal is one look.
ONE_LOOK = timedelta(minutes=10)


def log_opening(dossier: Dossier, by: Any, what: str, now: datetime) -> None:
    """Write down that `by` opened `what`; the same again within some minutes is the same look."""
    same = DossierOpening.objects.filter(dossier=dossier, by=by, what=what[:LONGEST])
    if not same.filter(at__gt=now - ONE_LOOK).exists():
        DossierOpening.objects.create(dossier=dossier, by=by, at=now, what=what[:LONGEST])


def log_openings(dossiers: Iterable[Dossier], by: Any, what: str, now: datetime) -> None:
    """The same of many proposals at once: a list or an archive of the whole round."""
    DossierOpening.objects.bulk_create(
        [DossierOpening(dossier=one, by=by, at=now, what=what[:LONGEST]) for one in dossiers],
        batch_size=500,
    )
