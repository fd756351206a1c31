"""Lists of the first tier: who is taken in, by whom a list is moved, what two do at once, what is forgotten."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards import services
from campaign.awards.models import RecognitionEntry, RecognitionList
from campaign.awards.queries import recognised_entries
from campaign.awards.recognition_choices import EntryVerdict, RecognitionState
from campaign.awards.recognition_matching import PraiseLine, PraiseRow
from campaign.awards.recognition_permissions import (
    parts_of,
    recognition_moves_for,
    units_to_praise,
    user_can_edit_list,
    user_sees_codes,
)
from campaign.awards.recognition_privacy import lists_naming, purge_lists
from campaign.awards.recognition_queries import entry_rows, hints_of, took_part
from campaign.awards.services import MoveRefused, SameName, Stale
from campaign.units.choices import Role
from campaign.units.models import Person
from campaign.units.services import correct_person
from core.frozen import checksum_of
from core.workdays import months_before
from outbox.models import Letter
from tests.concurrency import at_once
from tests.factories.activities import day, make_activity, make_confirmed
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.recognition import (
    make_list,
    make_recognised_list,
    make_sent_list,
    praise,
    told,
)
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school with those who write, send and decide."""
    made = make_college()
    return made | {
        "writer": make_holder(made["farming"], Role.REPORTER),
        "head": make_holder(made["farming"], Role.UNIT_HEAD),
        "office_user": make_holder(made["school"], Role.STANDING_OFFICE),
        "leader": make_holder(made["school"], Role.LEADER, email="hieu.truong@example.vn"),
        "person": make_person(made["farmers"], full_name="Mẫu Thị Đức", code="SV-D1"),
    }


def by_hand(listing, by, name="Mẫu Xa Lạ", place="Lớp ngoài", **words):
    """A name as typed."""
    given = {"key": uuid4(), "by": by, "now": timezone.now(), **words}
    return services.praise_by_hand(listing, full_name=name, place=place, **given)


def test_a_list_begins_once_for_a_form(college):
    key, by = uuid4(), college["writer"]
    one, two = (
        services.begin_list(college["farming"], told(title="A"), key=key, by=by, now=timezone.now())
        for _ in range(2)
    )
    assert one == two
    assert [event.move for event in one.events.all()] == ["begin"]
    with pytest.raises(PermissionDenied):
        services.begin_list(college["craft"], told(), key=uuid4(), by=by, now=timezone.now())
    with pytest.raises(ValidationError):
        services.begin_list(
            college["farming"], told(title=" . "), key=uuid4(), by=by, now=timezone.now()
        )


def test_units_to_praise_are_those_one_writes_for(college):
    named = {
        who: {unit.code for unit in units_to_praise(college[who])}
        for who in ("writer", "head", "office_user", "leader")
    }
    assert named == {"writer": {"NL"}, "head": {"NL"}, "office_user": {"CDT"}, "leader": set()}


def test_people_are_taken_in_once_with_class_and_faculty(college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    praise(listing, college["writer"], college["person"], merit="Khác")
    (row,) = listing.entries.all()
    assert (row.full_name, row.code, row.place_name, row.faculty_name, row.merit) == (
        "Mẫu Thị Đức", "SV-D1", "Lớp Nông nghiệp 1", "Khoa Nông Lâm", "Dạy bà con",
    )  # fmt: skip


def test_strangers_and_those_who_left_long_ago_are_not_taken_in(college):
    elsewhere = make_person(make_unit(make_unit(None, "institution"), "faculty"))
    listing = make_list(college["farming"], college["writer"])
    with pytest.raises(ValidationError):
        praise(listing, college["writer"], college["person"], elsewhere)
    assert not listing.entries.exists()
    today = timezone.localdate()
    for ago, taken in ((366, False), (365, True)):
        left = today - timedelta(days=ago)
        Person.objects.filter(pk=college["person"].pk).update(since=left, left_on=left)
        if taken:
            praise(listing, college["writer"], college["person"])
        else:
            with pytest.raises(ValidationError):
                praise(listing, college["writer"], college["person"])


def test_a_typed_name_that_the_school_knows_is_asked_about(college):
    listing = make_list(college["farming"], college["writer"])
    with pytest.raises(SameName) as asked:
        by_hand(listing, college["writer"], "mau thi duc", "Lớp khác")
    assert asked.value.people == [college["person"]]
    row = by_hand(listing, college["writer"], "mau thi duc", "Lớp khác", is_other=True)
    assert row.is_typed
    # Now it stands in the list as well.
    with pytest.raises(SameName) as asked:
        by_hand(listing, college["writer"], "Mẫu Thị Đức", "Lớp khác nữa")
    assert asked.value.entries == [row]


def test_the_same_typed_name_and_class_is_refused_even_as_somebody_else(college):
    listing = make_list(college["farming"], college["writer"])
    key = uuid4()
    row = by_hand(listing, college["writer"], key=key)
    assert by_hand(listing, college["writer"], key=key) == row
    with pytest.raises(ValidationError, match="đã có trong danh sách"):
        by_hand(listing, college["writer"], "MẪU XA LẠ", "lớp  NGOÀI", is_other=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecognitionEntry.objects.create(
            listing=listing, full_name="x", name_key=row.name_key, place_key=row.place_key,
            key=uuid4(), added_at=timezone.now(), added_by=college["writer"],
        )  # fmt: skip


def test_collectives_are_units_of_the_school_and_stand_first(college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    given = {"by": college["writer"], "now": timezone.now()}
    units = [college["farmers"], college["craft"]]
    assert services.praise_units(listing, units, key=uuid4(), **given) == 2
    assert services.praise_units(listing, units, key=uuid4(), **given) == 0
    names = [str(row) for row in entry_rows(listing)]
    assert names == ["Lớp Nông nghiệp 1", "Khoa Kỹ thuật", "Mẫu Thị Đức"]
    for stranger in (college["school"], make_unit(make_unit(None, "institution"), "faculty")):
        with pytest.raises(ValidationError):
            services.praise_units(listing, [stranger], key=uuid4(), **given)


def test_a_full_list_takes_no_more(college, monkeypatch):
    monkeypatch.setattr("campaign.awards.services.recognition_entries.MOST_PRAISED", 1)
    listing = make_list(college["farming"], college["writer"], college["person"])
    with pytest.raises(ValidationError, match="nhiều nhất"):
        by_hand(listing, college["writer"])
    assert listing.entries.count() == 1


def test_an_entry_in_two_tabs_keeps_both_words(college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    row = listing.entries.get()
    given = {"version": row.version, "by": college["writer"], "now": timezone.now()}
    services.change_entry(row, merit="Một", **given)
    with pytest.raises(Stale):
        services.change_entry(row, merit="Hai", **given)
    with pytest.raises(Stale):
        services.change_list(listing, told(title="Khác"), **given)
    row.refresh_from_db()
    assert row.merit == "Một"
    services.take_out(row, by=college["writer"], now=timezone.now())
    assert not listing.entries.exists()


def test_nobody_else_writes(college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    other = make_holder(college["craft"], Role.UNIT_HEAD)
    for by in (other, college["leader"], college["office_user"]):
        with pytest.raises(PermissionDenied):
            praise(listing, by, college["person"])
        with pytest.raises(PermissionDenied):
            services.discard_list(listing, by=by)
    services.discard_list(listing, by=college["writer"])
    assert not RecognitionList.objects.exists()


def test_sending_wants_somebody_and_a_ground(college):
    listing = make_list(college["farming"], college["head"], ground=" ")
    with pytest.raises(ValidationError) as missing:
        services.send_list(listing, by=college["head"], now=timezone.now())
    assert missing.value.messages == ["Chưa ghi căn cứ.", "Danh sách chưa có ai."]


def test_from_draft_to_recognised_each_step_a_row_and_a_copy(college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    now = timezone.now()
    with pytest.raises(PermissionDenied):
        services.send_list(listing, by=college["writer"], now=now)
    listing = services.send_list(listing, by=college["head"], now=now)
    assert Letter.objects.get().to_email == "hieu.truong@example.vn"
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        praise(listing, college["writer"], make_person(college["farmers"]))
    with pytest.raises(ValidationError):
        services.return_list(listing, reason=" ", by=college["leader"], now=now)
    services.return_list(listing, reason="Thiếu lớp 2", by=college["leader"], now=now)
    praise(listing, college["writer"], make_person(college["farmers"]))
    with pytest.raises(ValidationError, match="đã từng được trình"):
        services.discard_list(listing, by=college["writer"])
    services.send_list(listing, by=college["head"], now=now)
    done = services.recognise_list(
        listing, number=" 12/QĐ-CĐ ", day=timezone.localdate(), by=college["leader"], now=now
    )
    assert (done.state, done.decision_number) == (RecognitionState.RECOGNISED, "12/QĐ-CĐ")
    moves = [event.move for event in done.events.all()]
    assert moves == ["begin", "send", "return", "send", "recognise"]
    copies = list(done.revisions.all())
    assert [len(copy.content["entries"]) for copy in copies] == [1, 2, 2]
    assert [checksum_of(copy.content) for copy in copies] == [copy.checksum for copy in copies]
    assert copies[-1].content["decision"] == ["12/QĐ-CĐ", timezone.localdate().isoformat()]
    assert set(recognised_entries()) == set(done.entries.all())
    with pytest.raises(MoveRefused):
        services.return_list(done, reason="Muộn", by=college["leader"], now=now)


def test_a_decision_is_not_of_tomorrow(college):
    sent = make_sent_list(college["farming"], college["head"], college["person"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        services.recognise_list(
            sent, number="…", day=tomorrow, by=college["leader"], now=timezone.now()
        )
    assert set(refused.value.message_dict) == {"number", "day"}


def test_taken_back_until_the_leader_has_opened_it(college):
    sent = make_sent_list(college["farming"], college["head"], college["person"])
    services.open_sent_list(sent, by=college["office_user"], now=timezone.now())
    assert services.withdraw_list(sent, by=college["writer"], now=timezone.now()).sent_at is None
    sent = services.send_list(sent, by=college["head"], now=timezone.now())
    services.open_sent_list(sent, by=college["leader"], now=timezone.now())
    with pytest.raises(MoveRefused, match="Lãnh đạo đã mở xem"):
        services.withdraw_list(sent, by=college["head"], now=timezone.now())


def test_nobody_decides_on_what_he_has_sent(college):
    both = college["head"]
    hold(both, college["school"], Role.LEADER)
    sent = make_sent_list(college["farming"], both, college["person"])
    given = {"by": both, "now": timezone.now()}
    with pytest.raises(PermissionDenied):
        services.recognise_list(sent, number="1", day=timezone.localdate(), **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecognitionList.objects.filter(pk=sent.pk).update(
            state="recognised", decided_at=timezone.now(), decided_by=both, decision_number="1",
            decision_on=timezone.localdate(),
        )  # fmt: skip


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "sent"},
        {"state": "recognised"},
        {"decision_number": "1"},
        {"sent_at": timezone.now()},
    ],
)
def test_the_database_says_it_too(college, columns):
    listing = make_list(college["farming"], college["writer"])
    with pytest.raises(IntegrityError), transaction.atomic():
        RecognitionList.objects.filter(pk=listing.pk).update(**columns)


def test_accounts_shared_by_an_office_write_and_neither_send_nor_decide(college):
    shared = make_user(is_shared=True)
    hold(shared, college["farming"], Role.REPORTER)
    listing = make_list(college["farming"], shared, college["person"], prepared_by="Mẫu Thị Lập")
    assert listing.events.get().prepared_by == "Mẫu Thị Lập"
    assert parts_of(shared, listing) == {"writer"}
    with pytest.raises(PermissionDenied):
        services.send_list(listing, by=shared, now=timezone.now())


def test_the_standing_office_sends_the_schools_own_list_and_no_units(college):
    office = college["office_user"]
    own = make_list(college["school"], office, college["person"])
    assert services.send_list(own, by=office, now=timezone.now()).state == RecognitionState.SENT
    theirs = make_list(college["farming"], college["writer"], college["person"])
    with pytest.raises(PermissionDenied):
        services.send_list(theirs, by=office, now=timezone.now())
    assert list(RecognitionList.objects.visible_to(office)) == [own]


def test_who_sees_what(college):
    draft = make_list(college["farming"], college["writer"])
    sent = make_sent_list(college["farming"], college["head"], college["person"])
    council = make_holder(college["school"], Role.COUNCIL_MEMBER)
    member = make_holder(college["farming"], Role.MEMBER)
    stranger = make_holder(college["craft"], Role.UNIT_HEAD)
    seen = {
        "writer": {draft, sent}, "head": {draft, sent}, "office_user": {sent}, "leader": {sent},
    }  # fmt: skip
    for who, rows in seen.items():
        assert set(RecognitionList.objects.visible_to(college[who])) == rows
        assert user_sees_codes(college[who], sent)
    assert set(RecognitionList.objects.visible_to(council)) == {sent}
    assert not user_sees_codes(council, sent)
    for user in (member, stranger):
        assert not RecognitionList.objects.visible_to(user).exists()
        assert recognition_moves_for(user, draft) == []
    assert user_can_edit_list(college["writer"], draft)
    assert not user_can_edit_list(college["writer"], sent)


def test_names_are_those_of_the_day_of_sending(college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    correct_person(
        college["person"], by=None, birth_year=None, code="SV-D2", full_name="Mẫu Thị Đức Hạnh"
    )
    sent = services.send_list(listing, by=college["head"], now=timezone.now())
    assert sent.entries.get().full_name == "Mẫu Thị Đức Hạnh"
    correct_person(
        college["person"], by=None, birth_year=None, code="SV-D3", full_name="Mẫu Thị Khác"
    )
    row = sent.entries.get()
    assert (row.full_name, row.code) == ("Mẫu Thị Đức Hạnh", "SV-D2")


def test_whoever_is_named_elsewhere_is_hinted_at_and_drafts_are_not_told(college):
    union = make_unit(college["school"], "youth_union", name="Đoàn trường")
    secretary = make_holder(union, Role.UNIT_HEAD)
    mine = make_list(college["farming"], college["writer"], college["person"])
    alike = make_person(college["smiths"], full_name="Mậu Thị Đức")
    other = make_list(union, secretary, college["person"], alike, title="Của Đoàn")
    row = mine.entries.get()
    assert hints_of(mine, [row]) == {}
    services.send_list(other, by=secretary, now=timezone.now())
    hints = hints_of(mine, [row])[row.pk]
    assert [(hint.is_question, "“Của Đoàn” (Đoàn trường)" in hint.said) for hint in hints] == [
        (False, True), (True, True),
    ]  # fmt: skip
    RecognitionList.objects.filter(pk=other.pk).update(school_year=2019)
    assert hints_of(mine, [row]) == {}


def test_from_the_log_come_those_of_the_unit_and_of_its_activities(college):
    author, head = make_holder(college["farmers"], Role.REPORTER), college["farmers"]
    confirms = make_holder(head, Role.UNIT_HEAD)
    guest, idle = make_person(college["smiths"]), make_person(college["farmers"])
    share = services_share
    make_confirmed(
        college["farmers"],
        author,
        confirms,
        shares=[share(college["person"], 7), share(guest, None)],
    )
    make_confirmed(college["farmers"], author, confirms, shares=[share(college["person"], 5)])
    make_activity(college["farmers"], author, shares=[share(idle, 90)])
    listing = make_list(college["farming"], college["writer"])
    window, today = (day(30), day(0)), timezone.localdate()
    found = took_part(listing, window, today, activities=1)
    assert [(one.person, one.activities, one.served) for one in found] == [
        (college["person"], 2, 12), (guest, 1, None),
    ]  # fmt: skip
    assert found[0].words == "Tham gia 2 hoạt động, 12 lượt người dân được hỗ trợ"
    assert found[1].words == "Tham gia 1 hoạt động"
    for least, count in (({"activities": 2}, 1), ({"activities": 3}, 0), ({"served": 12}, 1),
                         ({"served": 13}, 0)):  # fmt: skip
        assert len(took_part(listing, window, today, **least)) == count
    assert took_part(listing, (day(2), day(0)), today) == []


def services_share(person, served):
    """One member's part in an activity."""
    from campaign.activities.services import ShareRow

    return ShareRow(person=person, name="", task="", served=served)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_at_once_decide_once(college):
    second = make_holder(college["school"], Role.LEADER)
    sent = make_sent_list(college["farming"], college["head"], college["person"])
    leaders = [college["leader"], second]

    def decide():
        by = leaders.pop()
        try:
            services.recognise_list(
                sent, number="1", day=timezone.localdate(), by=by, now=timezone.now()
            )
        except MoveRefused:
            return "refused"
        return "done"

    assert sorted(at_once(2, decide)) == ["done", "refused"]
    assert sent.events.filter(move="recognise").count() == 1
    assert sent.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_import_confirmed_twice_at_once_is_written_once(college):
    listing = make_list(college["farming"], college["writer"])
    key = uuid4()
    lines = [
        PraiseLine(PraiseRow("Cá nhân", n, f"Mẫu {n}", place="Lớp"), EntryVerdict.ADD)
        for n in range(2, 7)
    ]

    def confirm():
        return services.import_entries(
            listing, lines, key=key, by=college["writer"], now=timezone.now()
        )

    assert sorted(at_once(4, confirm)) == [0, 0, 0, 5]
    assert listing.entries.count() == 5


@pytest.mark.django_db(transaction=True)
def test_taken_in_by_two_at_once_somebody_stands_there_once(college):
    listing = make_list(college["farming"], college["writer"])
    at_once(4, lambda: praise(listing, college["writer"], college["person"]))
    assert listing.entries.count() == 1


def test_open_or_refused_rows_write_nothing(college):
    listing = make_list(college["farming"], college["writer"])
    fine = PraiseLine(PraiseRow("Cá nhân", 2, "Mẫu Một", place="Lớp"), EntryVerdict.ADD)
    for verdict in (EntryVerdict.ASK, EntryVerdict.UNKNOWN, EntryVerdict.REFUSE):
        lines = [fine, PraiseLine(PraiseRow("Cá nhân", 3, "Mẫu Hai"), verdict)]
        with pytest.raises(ValidationError):
            services.import_entries(
                listing, lines, key=uuid4(), by=college["writer"], now=timezone.now()
            )
    assert not listing.entries.exists()


def test_old_lists_forget_merits_codes_and_copies_but_not_the_names_of_a_decision(college):
    done = make_recognised_list(
        college["farming"], college["head"], college["person"], leader=college["leader"]
    )
    left = make_list(college["farming"], college["writer"], college["person"])
    now = timezone.now()
    edge = months_before(now, 24)
    RecognitionList.objects.update(changed_at=edge)
    RecognitionList.objects.filter(pk=done.pk).update(decided_at=edge)
    assert purge_lists(now) == 0
    assert len(lists_naming("mẫu thị đức", "", "")) == 2
    RecognitionList.objects.update(changed_at=edge - timedelta(seconds=1))
    RecognitionList.objects.filter(pk=done.pk).update(decided_at=edge - timedelta(seconds=1))
    assert purge_lists(now) == 2
    assert purge_lists(now) == 0
    row = done.entries.get()
    assert (row.full_name, row.code, row.merit) == ("Mẫu Thị Đức", "", "")
    assert not done.revisions.exists()
    assert not left.entries.exists()
    assert [found.url for found in lists_naming("Mẫu Thị Đức", "", "")] == [done.get_absolute_url()]
    assert lists_naming("", "", "") == []
