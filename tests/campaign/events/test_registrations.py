"""Places at an event: taken, changed, given back, never one too many, told of every change."""

import io
from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import dumps
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from campaign.events import services
from campaign.events.models import Admission, Registration
from campaign.events.privacy import guests_under
from campaign.events.services import Full, Guest
from campaign.units.choices import Role
from core import spam
from outbox.models import Letter
from privacy.models import ConsentRecord
from tests.concurrency import at_once
from tests.factories.events import make_event
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db
numbers = count(1)


@pytest.fixture
def college(home):
    """A school, its standing office, an editor."""
    made = make_college()
    made["standing"] = make_holder(made["school"], Role.STANDING_OFFICE)
    made["editor"] = make_user("editor")
    return made


def offered(college, capacity=10, most=1, who="persons", **fields):
    """An event that takes registrations."""
    event = make_event(unit=college["school"], **fields)
    services.admit(
        event, who=who, capacity=capacity, most=most, closes_at=None, by=college["standing"]
    )
    return event


def guest(**fields) -> Guest:
    """Somebody nobody has seen before."""
    known = {"full_name": "Mẫu Thị An", "email": f"khach{next(numbers)}@example.vn"}
    return Guest(**{**known, **fields})


def taken(event, **fields) -> Registration:
    """A registration."""
    known = {"key": uuid4(), "now": timezone.now()}
    who = {name: fields.pop(name) for name in list(fields) if name not in known}
    return services.register(event, guest(**who), **{**known, **fields})


def typed(seconds: int = 60, **fields) -> dict:
    """The form as a browser sends it."""
    at = timezone.now().timestamp() - seconds
    stamp = dumps({"key": str(uuid4()), "at": at}, salt=spam.SALT)
    known = {"full_name": "Mẫu Thị An", "phone": "0900000000", "consent": "on", "stamp": stamp}
    return {**known, **fields}


def form_of(event) -> str:
    return f"/ngay-hoi/{event.pk}/dang-ky/"


def count_of(event) -> int:
    return Admission.objects.get(event=event).taken


def test_form_without_script_gives_a_place_a_private_page_and_a_letter(client, college):
    event = offered(college)
    answer = client.post(form_of(event), typed(email="an@example.vn"), follow=True)
    page = answer.content.decode()
    assert "Bạn đã có chỗ" in page
    row = Registration.objects.get()
    assert answer.redirect_chain[-1][0].startswith(row.get_absolute_url())
    assert answer["Referrer-Policy"] == "same-origin"
    assert count_of(event) == 1
    assert ConsentRecord.objects.get().object_id == row.pk
    letter = Letter.objects.get()
    assert letter.to_email == "an@example.vn"
    assert row.token in letter.body


def test_same_form_again_is_the_same_place(client, college):
    event, words = offered(college), typed()
    for _ in range(3):
        client.post(form_of(event), words)
    assert count_of(event) == Registration.objects.count() == 1


def test_without_consent_or_a_way_to_reach_nothing_is_kept(client, college):
    event = offered(college)
    answer = client.post(form_of(event), typed(consent=""))
    assert answer.status_code == 422
    assert "đánh dấu đồng ý" in answer.content.decode()
    assert 'value="Mẫu Thị An"' in answer.content.decode()
    answer = client.post(form_of(event), typed(phone=""))
    assert "một trong hai là đủ" in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("again", ["AN@Example.vn", "an+2@example.vn", " an@example.vn "])
def test_same_mail_in_another_spelling_is_refused_kindly(client, college, again):
    event = offered(college)
    taken(event, email="an@example.vn")
    answer = client.post(form_of(event), typed(phone="", email=again))
    assert answer.status_code == 422
    assert "đã đăng ký sự kiện này rồi" in answer.content.decode()
    assert count_of(event) == 1
    # Given back, it is free again.
    services.cancel_registration(Registration.objects.get(), now=timezone.now())
    client.post(form_of(event), typed(phone="", email=again))
    assert count_of(event) == 1


def test_full_is_told_clearly_with_what_else_comes(client, college):
    event = offered(college, capacity=1)
    other = make_event(unit=college["school"], title="Lớp tối thứ Năm")
    taken(event)
    answer = client.post(form_of(event), typed())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã hết chỗ." in page
    assert 'value="Mẫu Thị An"' in page
    assert "checked" not in page
    assert other.title in page
    assert "Đã hết 1 chỗ" in client.get(event.get_absolute_url()).content.decode()


def test_the_last_place_is_found_again_by_the_form_that_took_it(client, college):
    event, words = offered(college, capacity=1), typed()
    first = client.post(form_of(event), words)
    again = client.post(form_of(event), words)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert client.post(form_of(event), typed() | {"stamp": "forged"}).status_code == 409


def test_no_more_come_than_are_left(college):
    event = offered(college, capacity=10, most=8, who="units")
    taken(event, heads=8)
    with pytest.raises(Full, match="Chỉ còn 2 chỗ"):
        taken(event, heads=3)
    with pytest.raises(ValidationError):
        taken(event, heads=9)
    taken(event, heads=2)
    assert count_of(event) == 10
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.update(taken=11)


def test_places_are_not_lowered_below_the_taken(college):
    event = offered(college, capacity=10)
    taken(event)
    taken(event)
    words = {"who": "persons", "most": 1, "closes_at": None, "by": college["editor"]}
    with pytest.raises(ValidationError, match="Đã có 2 người"):
        services.admit(event, capacity=1, **words)
    services.admit(event, capacity=2, **words)
    with pytest.raises(PermissionDenied):
        services.admit(event, capacity=5, **{**words, "by": make_user()})


def test_private_page_changes_and_cancels_once(client, college):
    event = offered(college, capacity=5, most=4)
    row = taken(event, heads=2)
    page = row.get_absolute_url()
    answer = client.post(page, {"viec": "doi", "heads": "5"})
    assert answer.status_code == 422
    assert "nhiều nhất 4" in answer.content.decode()
    taken(event, heads=2)
    answer = client.post(page, {"viec": "doi", "heads": "4"})
    assert "Chỉ còn 3 chỗ." in answer.content.decode()
    client.post(page, {"viec": "doi", "heads": "3", "note": "Đến muộn"})
    row.refresh_from_db()
    assert (row.heads, row.note, count_of(event)) == (3, "Đến muộn", 5)
    assert "Đã hủy chỗ" in client.post(page, {"viec": "huy"}, follow=True).content.decode()
    assert count_of(event) == 2
    assert "đã hủy từ trước" in client.post(page, {"viec": "huy"}, follow=True).content.decode()
    assert count_of(event) == 2
    answer = client.post(page, {"viec": "doi", "heads": "1"})
    assert "đăng ký lại" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "A" * 40, "..", "%00"])
def test_forged_link_is_no_page(client, college, token):
    taken(offered(college))
    answer = client.get(f"/ngay-hoi/dang-ky/{token}/")
    assert answer.status_code == 404


def test_closed_event_says_why(client, college):
    event = offered(college, starts_on=timezone.localdate())
    assert "hết hạn đăng ký" in client.get(form_of(event)).content.decode()
    answer = client.post(form_of(event), typed())
    assert answer.status_code == 409
    with pytest.raises(ValidationError):
        taken(event)
    assert client.get(form_of(make_event(unit=college["school"]))).status_code == 404


def test_those_registered_are_told_of_a_change_and_keep_their_place(client, college):
    event = offered(college)
    row = taken(event, email="an@example.vn")
    gone = taken(event, email="binh@example.vn")
    services.cancel_registration(gone, now=timezone.now())
    Letter.objects.all().delete()
    services.postpone(
        event, day=timezone.localdate() + timedelta(days=20), reason="Mưa bão", by=college["editor"],
        now=timezone.now(),
    )  # fmt: skip
    letter = Letter.objects.get()
    assert letter.to_email == "an@example.vn"
    assert "chỗ của bạn vẫn giữ" in letter.body
    assert "Mưa bão" in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_three_hundred_for_a_hundred_places_give_exactly_a_hundred(college):
    """In waves, as many threads as machines bear; each asks with its own connection."""
    event = offered(college, capacity=100)

    def ask() -> list[str]:
        answers = []
        for _ in range(15):
            try:
                taken(event)
                answers.append("place")
            except Full:
                answers.append("full")
        return answers

    answers = [one for wave in at_once(20, ask) for one in wave]
    assert (answers.count("place"), answers.count("full")) == (100, 200)
    assert count_of(event) == Registration.objects.count() == 100


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twenty_times_at_once_takes_one_place(college):
    event, key = offered(college), uuid4()
    at_once(20, lambda: taken(event, key=key, email="an@example.vn").pk)
    assert count_of(event) == Registration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_cancelled_by_many_at_once_gives_back_once(college):
    event = offered(college)
    row = taken(event)
    taken(event)
    done = at_once(8, lambda: services.cancel_registration(row, now=timezone.now()))
    assert done.count(True) == 1
    assert count_of(event) == 1


def desk_of(event) -> str:
    return f"/don-vi/su-kien/{event.pk}/dang-ky/"


@pytest.fixture
def desk(client, college):
    """The standing office's browser."""
    client.force_login(college["standing"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_unit_offers_places_enters_by_hand_and_notes_who_came(desk, college):
    event = make_event(unit=college["school"], starts_on=timezone.localdate() + timedelta(days=1))
    words = {"nhan-who": "units", "nhan-capacity": "20", "nhan-most": "8", "nhan-is_open": "on"}
    desk.post(desk_of(event), {"viec": "nhan", **words})
    assert Admission.objects.get().capacity == 20
    by_hand = {"khach-full_name": "Mẫu Văn Nam", "khach-unit_name": "Lớp A", "khach-heads": "6",
               "khach-phone": "0900 000 000"}  # fmt: skip
    key = str(uuid4())
    for _ in range(2):
        desk.post(desk_of(event), {"viec": "ghi", "key": key, **by_hand})
    row = Registration.objects.get()
    assert count_of(event) == 6
    answer = desk.post(desk_of(event), {"viec": "den", f"den-{row.pk}-came": "7"})
    assert "Đăng ký 6 người." in answer.content.decode()
    desk.post(desk_of(event), {"viec": "den", f"den-{row.pk}-came": "5"})
    row.refresh_from_db()
    assert row.came == 5
    words["nhan-capacity"] = "5"
    answer = desk.post(desk_of(event), {"viec": "nhan", **words})
    assert "Đã có 6 người đăng ký" in answer.content.decode()
    book = load_workbook(io.BytesIO(desk.get(f"{desk_of(event)[:-1]}.xlsx").content))
    assert [cell.value for cell in book.active[2]][1:7] == [
        "Mẫu Văn Nam", "Lớp A", "0900 000 000", None, 6, 5
    ]  # fmt: skip


def test_who_came_is_the_number_of_the_activity(desk, college):
    event = offered(college, kind="tap-huan", starts_on=timezone.localdate() + timedelta(days=1))
    rows = [taken(event) for _ in range(3)]
    services.note_came(
        event, {rows[0].pk: 1, rows[1].pk: 0, rows[2].pk: None}, by=college["standing"]
    )
    type(event).objects.filter(pk=event.pk).update(starts_on=timezone.localdate())
    activity = services.into_log(event, by=college["standing"], now=timezone.now())
    assert activity.people_count == 1


def test_names_are_forgotten_after_a_year_and_numbers_stay(client, college):
    event = offered(college)
    row = taken(event, full_name="Mẫu Thị Ánh", email="Anh@Example.vn")
    assert len(guests_under("", "", "anh@example.vn")) == 1
    assert len(guests_under("mau thi anh", "", "")) == 1
    assert guests_under("Mẫu Thị", "", "") == []
    long_ago = timezone.now() - timedelta(days=400)
    Registration.objects.update(created_at=long_ago)
    assert services.purge_registrations(timezone.now()) == 0
    type(event).objects.update(starts_on=long_ago.date())
    assert services.purge_registrations(timezone.now()) == 1
    row.refresh_from_db()
    assert (row.email, row.mail_key, row.phone, row.heads) == ("", "", "", 1)
    assert guests_under("", "", "anh@example.vn") == []
    assert client.get(row.get_absolute_url()).status_code == 404


def test_list_costs_the_same_with_one_guest_and_with_thirty(desk, college):
    from tests.test_query_counts import queries

    event = offered(college, capacity=100)
    taken(event)
    few = queries(desk, desk_of(event))
    for _ in range(29):
        taken(event)
    assert queries(desk, desk_of(event)) == few
