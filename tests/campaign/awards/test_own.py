"""Writing one's own report: asked, written by the link, consents unticked, taken in by the unit."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from campaign.awards import services
from campaign.awards.models import Invitation, NomineeConsent
from campaign.awards.purposes import PICTURE, PUBLISH
from campaign.awards.services import Stale
from campaign.awards.services.own import CLOSED
from campaign.awards.tasks_due import waiting
from privacy.services import current_text
from tests.concurrency import at_once
from tests.factories.activities import picture, upload
from tests.factories.awards import (
    make_collective,
    make_nominee,
    make_submitted,
    make_whole,
    shifted,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
WORDS = {"process": "Dạy ba buổi tối.", "self_assessment": "Đúng giờ."}


@pytest.fixture
def asked(college):
    """The student was asked to write until in a week."""
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    return services.invite(nominee, until=shifted(7), by=college["writer"], now=timezone.now())


def shown(form):
    """What stands in the fields of a form, as a browser sends it."""
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def typed(page, **more):
    """What a browser sends of the page."""
    return {**shown(page.context["form"]), **WORDS, "given_by": "Mẫu Thị Ánh", **more}


def test_written_by_the_link_sent_and_taken_in(client, college, asked):
    path = asked.get_absolute_url()
    page = client.get(path)
    assert page.status_code == 200
    # No consent is ticked for anybody.
    assert [box.value() for box in page.context["sending"].boxes()] == [None, None]
    claim = asked.nominee.dossier.round.criteria.get(for_what="individual", number=5)
    answer = client.post(
        path, typed(page, viec="gui", **{f"tc{claim.pk}": "Bộ thẻ", PUBLISH: "on"})
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert [row.text.purpose for row in NomineeConsent.objects.all()] == [PUBLISH]
    # What was sent is not the report yet, and is not written any more.
    assert not hasattr(asked.nominee, "individual_report")
    assert "Bạn đã gửi" in client.get(path).content.decode()
    services.take_in(asked, by=college["writer"], now=timezone.now())
    asked.nominee.refresh_from_db()
    assert asked.nominee.individual_report.process == "Dạy ba buổi tối."
    assert [row.text for row in asked.nominee.claims.all()] == ["Bộ thẻ"]


def test_a_private_page_is_told_to_nobody(client, asked):
    page = client.get(asked.get_absolute_url())
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-cache" in page.headers["Cache-Control"]


def test_a_forged_or_called_off_link_is_no_page(client, college, asked):
    assert client.get("/khen-thuong/tu-viet/khong-co/").status_code == 404
    services.call_off(asked, by=college["writer"], now=timezone.now())
    assert client.get(asked.get_absolute_url()).status_code == 404


def test_after_the_day_the_page_says_that_it_is_closed(client, asked):
    Invitation.objects.filter(pk=asked.pk).update(until=shifted(-1))
    page = client.get(asked.get_absolute_url())
    assert (page.status_code, CLOSED in page.content.decode()) == (410, True)
    answer = client.post(asked.get_absolute_url(), {"process": "Chữ gõ dở", "version": 0})
    # Too late to be kept, and shown all the same: nothing typed is lost.
    assert (answer.status_code, "Chữ gõ dở" in answer.content.decode()) == (410, True)
    assert services.own_words(asked).version == 0


def test_what_is_missing_is_said_and_what_was_typed_stays(client, asked):
    path = asked.get_absolute_url()
    page = client.get(path)
    answer = client.post(
        path, typed(page, viec="gui", process="Đã gõ", self_assessment="", phone="12")
    )
    said = answer.content.decode()
    assert (answer.status_code, "Đã gõ" in said, "Số điện thoại chưa đúng" in said) == (
        422,
        True,
        True,
    )
    answer = client.post(path, typed(page, viec="gui", process="Đã gõ", self_assessment=""))
    assert (answer.status_code, "Chưa ghi đủ phần bắt buộc" in answer.content.decode()) == (
        422,
        True,
    )
    # The first part was kept all the same, and the page can be sent on from where it stands.
    assert services.own_words(asked).process == "Đã gõ"
    again = shown(answer.context["form"])
    answer = client.post(path, {**again, **WORDS, "viec": "gui", "given_by": "Mẫu"})
    assert answer.status_code == 302


def test_two_windows_show_both_texts(client, asked):
    path = asked.get_absolute_url()
    page = client.get(path)
    client.post(path, typed(page, process="Cửa sổ một"))
    answer = client.post(path, typed(page, process="Cửa sổ hai"))
    said = answer.content.decode()
    assert (answer.status_code, "Cửa sổ một" in said, "Cửa sổ hai" in said) == (409, True, True)
    again = shown(answer.context["form"])
    assert client.post(path, again).status_code == 302
    assert services.own_words(asked).process == "Cửa sổ hai"


def test_a_child_is_not_asked_to_agree(client, college):
    child = make_person(college["farmers"], birth_year=timezone.localdate().year - 14)
    nominee = make_nominee(college["dossier"], college["writer"], child)
    invited = services.invite(nominee, until=shifted(3), by=college["writer"], now=timezone.now())
    page = client.get(invited.get_absolute_url())
    assert page.context["sending"].boxes() == []
    assert "người giám hộ ký giấy" in page.content.decode()
    # Nor by a box that somebody puts there himself.
    client.post(
        invited.get_absolute_url(), typed(page, viec="gui", **{PUBLISH: "on", PICTURE: "on"})
    )
    assert NomineeConsent.objects.count() == 0


def test_evidence_is_brought_through_the_link(client, asked):
    path = asked.get_absolute_url()
    files = [upload(picture(1), "mot.jpg"), upload(b"khong phai anh", "hai.jpg")]
    answer = client.post(path, {"viec": "minh-chung", "key": str(uuid4()), "mc-uploads": files})
    assert (answer.status_code, "hai.jpg" in answer.content.decode()) == (422, True)
    piece = asked.nominee.pieces.get()
    assert (piece.title, piece.added_by) == ("mot", None)


def test_somebody_with_an_account_finds_it_on_his_desk(college, asked, rf):
    person = make_person(college["farmers"], account=True)
    nominee = make_nominee(college["dossier"], college["writer"], person)
    services.invite(nominee, until=shifted(7), by=college["writer"], now=timezone.now())
    request = rf.get("/don-vi/")
    request.user = person.user
    assert [task.verb for task in waiting(request)] == ["Viết"]


def test_a_leader_of_a_team_writes_for_it(client, college):
    nominee = make_collective(college["dossier"], college["writer"], college["farmers"])
    invited = services.invite(nominee, until=shifted(7), by=college["writer"], now=timezone.now())
    page = client.get(invited.get_absolute_url())
    told = shown(page.context["form"])
    told |= {"process": "Mở lớp", "representative": "Mẫu Trưởng", "members": "42 người", "given_by": "Mẫu",
             "viec": "gui"}  # fmt: skip
    assert client.post(invited.get_absolute_url(), told).status_code == 302
    services.take_in(invited, by=college["writer"], now=timezone.now())
    nominee.refresh_from_db()
    assert nominee.collective_report.members == 42


def test_given_back_it_is_written_on(college, asked):
    with pytest.raises(ValidationError):
        services.take_in(asked, by=college["writer"], now=timezone.now())
    services.save_own(asked, WORDS, claims={}, version=0, now=timezone.now())
    sent = services.send_own(
        asked, consents=[current_text(PUBLISH)], given_by="Mẫu", now=timezone.now()
    )
    with pytest.raises(ValidationError):
        services.save_own(asked, WORDS, claims={}, version=1, now=timezone.now())
    services.give_back(sent, until=shifted(9), by=college["writer"], now=timezone.now())
    services.save_own(asked, {"process": "Thêm"}, claims={}, version=1, now=timezone.now())
    # Agreeing again to the same wording is one consent.
    services.send_own(asked, consents=[current_text(PUBLISH)], given_by="Mẫu", now=timezone.now())
    assert NomineeConsent.objects.count() == 1


def test_once_the_proposal_is_signed_nothing_is_written(college, asked):
    make_whole(asked.nominee, college["writer"])
    make_submitted(college["dossier"], college["head"])
    with pytest.raises(ValidationError):
        services.save_own(asked, WORDS, claims={}, version=0, now=timezone.now())


@pytest.mark.parametrize("who", ["standing", "leader", "secretary", "member"])
def test_only_the_unit_asks_and_takes_in(college, asked, who):
    with pytest.raises(PermissionDenied):
        services.invite(asked.nominee, until=shifted(7), by=college[who], now=timezone.now())
    services.save_own(asked, WORDS, claims={}, version=0, now=timezone.now())
    services.send_own(asked, consents=[], given_by="Mẫu", now=timezone.now())
    with pytest.raises(PermissionDenied):
        services.take_in(asked, by=college[who], now=timezone.now())


def test_taken_out_of_the_proposal_the_link_is_dead(client, college, asked):
    services.withdraw_nominee(asked.nominee, by=college["writer"], now=timezone.now())
    assert client.get(asked.get_absolute_url()).status_code == 404


def test_asked_twice_is_asked_once_with_the_later_day(college, asked):
    again = services.invite(
        asked.nominee, until=shifted(3), by=college["writer"], now=timezone.now()
    )
    assert (again.pk, again.until) == (asked.pk, shifted(7))
    with pytest.raises(ValidationError, match="đã qua"):
        services.invite(asked.nominee, until=shifted(-1), by=college["writer"], now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_lose_nothing_silently(college, asked):
    def act():
        try:
            services.save_own(asked, WORDS, claims={}, version=0, now=timezone.now())
        except Stale:
            return "stale"
        return "kept"

    assert sorted(at_once(4, act)) == ["kept", "stale", "stale", "stale"]


@pytest.mark.django_db(transaction=True)
def test_taken_in_at_once_is_taken_in_once(college, asked):
    services.save_own(asked, WORDS, claims={}, version=0, now=timezone.now())
    services.send_own(asked, consents=[], given_by="Mẫu", now=timezone.now())
    at_once(4, lambda: services.take_in(asked, by=college["writer"], now=timezone.now()))
    asked.nominee.refresh_from_db()
    assert asked.nominee.individual_report.version == 1


def test_forgotten_after_two_school_years(college, asked):
    from campaign.awards.privacy import purge_dossiers

    make_whole(asked.nominee, college["writer"], phone="+84912345678")
    services.save_own(asked, WORDS, claims={}, version=0, now=timezone.now())
    make_submitted(college["dossier"], college["head"])
    assert purge_dossiers(timezone.now()) == 0
    later = timezone.now() + timedelta(days=800)
    assert purge_dossiers(later) == 2
    nominee = college["dossier"].nominees.get()
    report = nominee.individual_report
    assert (nominee.full_name, report.phone, report.process) == ("Mẫu Thị Ánh", "", "")
    assert (nominee.confirmations.count(), Invitation.objects.count()) == (0, 0)
    assert college["dossier"].revisions.count() == 0
    assert purge_dossiers(later) == 0
