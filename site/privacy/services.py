"""Verbs on consents."""

import logging
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction

from core.text import clean
from core.workdays import months_before
from privacy.models import ConsentRecord, ConsentText
from privacy.registry import purpose_of, purposes

logger = logging.getLogger(__name__)
PROOF_MONTHS = 24


def current_text(key: str) -> ConsentText:
    """The wording in use for purpose `key`; the registered sentence becomes version 1 at first use."""
    newest = ConsentText.objects.filter(purpose=key).order_by("-version").first()
    if newest:
        return newest
    text, _ = ConsentText.objects.get_or_create(
        purpose=key, version=1, defaults={"text": purpose_of(key).consent}
    )
    return text


def record_consent(
    text: ConsentText, *, record: models.Model, full_name: str, now: datetime, user: Any = None
) -> ConsentRecord:
    """Keep that somebody agreed to `text`, as it was shown, for `record`; once, however often it is sent."""
    consent, _ = ConsentRecord.objects.get_or_create(
        text=text,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        defaults={"full_name": full_name, "user": user, "given_at": now},
    )
    return consent


def has_consent(record: models.Model, key: str) -> bool:
    """Whether a consent for purpose `key` stands for `record`."""
    return ConsentRecord.objects.standing().filter(
        text__purpose=key,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
    ).exists()  # fmt: skip


@transaction.atomic
def withdraw_consent(consent: ConsentRecord, *, now: datetime, by: Any = None) -> ConsentRecord:
    """Take a consent back, written down by `by`; the proof that it was given stays. Again changes nothing."""
    consent = ConsentRecord.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = now, by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return consent


def new_wording(key: str, text: str) -> ConsentText:
    """The next version of the consent for purpose `key`; the same words again make none."""
    text = " ".join(clean(text).split())
    while True:
        newest = current_text(key)
        if text == newest.text:
            return newest
        try:
            with transaction.atomic():
                return ConsentText.objects.create(
                    purpose=key, version=newest.version + 1, text=text
                )
        except IntegrityError:
            # Somebody else wrote this version at once: ours follows it.
            if current_text(key) == newest:
                raise


def purge_consents(now: datetime) -> int:
    """Delete the proof of consents whose record is gone since `PROOF_MONTHS`; how many.

    As long as data stand on a consent, so does its proof, also of one taken back. When the record is deleted
    or forgotten, the school may still be asked whether it was allowed to hold it: the proof outlives the data
    for a time, then nothing is left of the person.
    """
    for kind in ContentType.objects.filter(pk__in=ConsentRecord.objects.values("content_type")):
        ended = ConsentRecord.objects.filter(content_type=kind, ended_at__isnull=True)
        ended.exclude(object_id__in=_alive(kind)).update(ended_at=now)
    over = ConsentRecord.objects.filter(ended_at__lt=months_before(now, PROOF_MONTHS))
    return over.delete()[0]


def _alive(kind: ContentType) -> Any:
    """The keys of those records of `kind` that still hold what the consent was given for."""
    model = kind.model_class()
    if model is None:
        return []
    rows = model._default_manager.all()
    if any(field.name == "purged_at" for field in model._meta.get_fields()):
        rows = rows.filter(purged_at__isnull=True)
    return rows.values("pk")


def purge_all(now: datetime) -> dict[str, int]:
    """Let every purpose forget what is over its time; key → number of records.

    One that fails keeps no other from forgetting; the failures are told together when all have had their turn.
    """
    done: dict[str, int] = {}
    failures: list[Exception] = []
    for purpose in purposes:
        try:
            if purpose.purge:
                done[purpose.key] = purpose.purge(now)
        except Exception as failure:
            logger.exception("Purpose %s was not purged", purpose.key)
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} purposes were not purged", failures)
    return done
