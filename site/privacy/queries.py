"""Reads of what privacy itself keeps of a person."""

from django.urls import reverse

from core.models.cases import same_person
from privacy.models import ConsentRecord, DataRequest
from privacy.registry import FoundRecord

MOST = 50


def requests_of(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Requests under this telephone number, address or name, the newest first."""
    return [
        FoundRecord(
            label=f"Yêu cầu {asked.reference}: {asked.get_kind_display()}",
            url=reverse("privacy_datarequest_modeladmin_inspect", args=[asked.pk]),
            when=asked.received_at,
        )
        for asked in DataRequest.objects.filter(same_person(full_name, phone, email))[:MOST]
    ]


def consents_of(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Consents given under this name; the register of consents keeps no other mark of a person."""
    if not full_name:
        return []
    return [
        FoundRecord(
            label=f"Sự đồng ý ({'đã rút lại' if consent.withdrawn_at else 'còn hiệu lực'})",
            url=reverse("privacy_consentrecord_modeladmin_inspect", args=[consent.pk]),
            when=consent.given_at,
        )
        for consent in ConsentRecord.objects.filter(full_name__iexact=full_name)[:MOST]
    ]
