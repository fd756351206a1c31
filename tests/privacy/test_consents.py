"""Consents: the wording as it stood, once, with its time, and back again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ReferenceIndex

from accounts.choices import SiteRole
from campaign.feedback.models import Feedback
from core.workdays import months_before
from privacy.forms import ConsentField
from privacy.models import ConsentRecord, ConsentText, DataRequest
from privacy.registry import Purpose, purpose_of
from privacy.services import (
    PROOF_MONTHS,
    current_text,
    has_consent,
    new_wording,
    purge_all,
    purge_consents,
    record_consent,
    withdraw_consent,
)
from tests.concurrency import at_once
from tests.factories.feedback import make_feedback
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

KEY = "phan-hoi"


def given(record, text=None) -> ConsentRecord:
    """A consent for `record`."""
    return record_consent(
        text or current_text(KEY), record=record, full_name="Người mẫu", now=timezone.now()
    )


def test_registered_sentence_is_the_first_wording(home):
    text = current_text(KEY)
    assert (text.version, text.text) == (1, purpose_of(KEY).consent)
    assert current_text(KEY) == text


def test_new_wording_follows_and_old_consents_keep_theirs(home):
    record = make_feedback()
    old = given(record)
    new = new_wording(KEY, "Tôi đồng ý với  câu viết lại này.")
    assert (new.version, new.text) == (2, "Tôi đồng ý với câu viết lại này.")
    assert new_wording(KEY, new.text) == new
    assert current_text(KEY) == new
    old.refresh_from_db()
    assert old.wording == purpose_of(KEY).consent
    assert ConsentText.objects.filter(purpose=KEY).count() == 2


def test_consent_sent_twice_is_one(home):
    record = make_feedback()
    assert given(record) == given(record)
    assert ConsentRecord.objects.count() == 1


def test_consent_taken_back_does_not_stand_and_its_proof_stays(home):
    record = make_feedback()
    consent, now = given(record), timezone.now()
    assert has_consent(record, KEY)
    assert withdraw_consent(consent, now=now).withdrawn_at == now
    assert withdraw_consent(consent, now=timezone.now()).withdrawn_at == now
    assert not has_consent(record, KEY)
    assert ConsentRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "sees"),
    [(SiteRole.ADMINISTRATOR, True), (SiteRole.PUBLISHER, True), (SiteRole.EDITOR, False), ("", False)],
)  # fmt: skip
def test_register_of_consents_is_for_those_who_answer(home, role, sees):
    consent = given(make_feedback())
    seen = list(ConsentRecord.objects.all().visible_to(make_user(role)))
    assert seen == ([consent] if sees else [])


def test_box_is_never_ticked_beforehand(home):
    field = ConsentField(KEY, required=True)
    assert field.initial is None
    assert field.label == current_text(KEY).text


def test_unknown_purpose_has_no_wording(home):
    with pytest.raises(KeyError):
        current_text("khong-co")


@pytest.mark.django_db(transaction=True)
def test_two_new_wordings_at_once_follow_each_other(home):
    words = iter(["Tôi đồng ý với câu thứ nhất.", "Tôi đồng ý với câu thứ hai."])
    made = at_once(2, lambda: new_wording(KEY, next(words)).version)
    assert sorted(made) == [2, 3]
    assert current_text(KEY).version == 3


@pytest.mark.parametrize("gone", ["deleted", "forgotten"])
def test_proof_outlives_the_data_for_its_time_and_is_then_deleted(home, gone):
    record, other, now = make_feedback(), make_feedback(), timezone.now()
    given(record)
    stays = given(other)
    assert purge_consents(now) == 0
    if gone == "deleted":
        record.delete()
    else:
        record.purged_at = now
        record.save()
    assert purge_consents(now) == 0
    later = now + timedelta(days=366 * PROOF_MONTHS / 12)
    just = next(day for day in (now + timedelta(days=n) for n in range(900))
                if months_before(day, PROOF_MONTHS) >= now)  # fmt: skip
    assert purge_consents(just) == 0
    assert purge_consents(later + timedelta(days=2)) == 1
    assert list(ConsentRecord.objects.all()) == [stays]
    assert purge_consents(later + timedelta(days=2)) == 0


def test_purpose_that_fails_keeps_no_other_from_forgetting(home, monkeypatch):
    reached = []

    def fails(now):
        raise ZeroDivisionError

    def works(now):
        reached.append(now)
        return 3

    told = {"title": "", "why": "", "fields": (), "recipients": "", "basis": "", "keep_months": 1,
            "kept_from": ""}  # fmt: skip
    monkeypatch.setattr(
        "privacy.services.purposes",
        [Purpose(key="hong", purge=fails, **told), Purpose(key="tot", purge=works, **told)],
    )
    with pytest.raises(ExceptionGroup) as failed:
        purge_all(timezone.now())
    assert len(reached) == 1
    assert [type(failure) for failure in failed.value.exceptions] == [ZeroDivisionError]


def test_saving_what_points_to_no_page_looks_for_no_pages():
    for model in (ConsentRecord, DataRequest, Feedback):
        assert not ReferenceIndex.model_is_indexable(model)
