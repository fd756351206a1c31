"""Who looked into a proposal, or took a file out of it: told to the office (issue of personal data)."""

from datetime import datetime, timedelta
from typing import Any

from campaign.awards.models import Dossier, DossierOpening

# Turning the pages of one proposal is one look.
ONE_LOOK = timedelta(minutes=10)


def log_opening(dossier: Dossier, *, by: Any, what: str, now: datetime) -> None:
    """Write down that `by` opened `what`; the same again within some minutes is the same look."""
    same = DossierOpening.objects.filter(dossier=dossier, by=by, what=what[:160])
    if not same.filter(at__gt=now - ONE_LOOK).exists():
        DossierOpening.objects.create(dossier=dossier, by=by, at=now, what=what[:160])
