"""Verbs on consents."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from core.text import clean
from privacy.models import ConsentRecord, ConsentText
from privacy.registry import purpose_of, purposes


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
def withdraw_consent(consent: ConsentRecord, *, now: datetime) -> ConsentRecord:
    """Take a consent back; the proof that it was given stays. Again changes nothing."""
    consent = ConsentRecord.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
    return consent


@transaction.atomic
def new_wording(key: str, text: str) -> ConsentText:
    """The next version of the consent for purpose `key`; the same words again make none."""
    newest = current_text(key)
    text = " ".join(clean(text).split())
    if text == newest.text:
        return newest
    return ConsentText.objects.create(purpose=key, version=newest.version + 1, text=text)


def purge_all(now: datetime) -> dict[str, int]:
    """Let every purpose forget what is over its time; key → number of records."""
    return {purpose.key: purpose.purge(now) for purpose in purposes if purpose.purge}
