"""Verb on the log of who opened a proposal, or took a file out of it: shown to the office."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from campaign.awards.models import Dossier, DossierOpening

LONGEST = 160


def log_opening(dossier: Dossier, by: Any, what: str, now: datetime) -> DossierOpening:
    """Write down that `by` has opened `what` of the proposal."""
    return DossierOpening.objects.create(dossier=dossier, by=by, at=now, what=what[:LONGEST])


def log_openings(dossiers: Iterable[Dossier], by: Any, what: str, now: datetime) -> None:
    """The same of many proposals at once: a list or an archive of the whole round."""
    DossierOpening.objects.bulk_create(
        [DossierOpening(dossier=one, by=by, at=now, what=what[:LONGEST]) for one in dossiers],
        batch_size=500,
    )
