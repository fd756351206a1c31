"""A proposal from draft to ready: who, whom, what is frozen, what is caught; nothing lost, nothing doubled."""

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from campaign.awards import services
from campaign.awards.choices import ConfirmedBy, DossierState, NomineeState
from campaign.awards.models import Confirmation, Dossier, DossierEvent, Nominee
from campaign.awards.permissions import days_problem, user_can_edit_nominee
from campaign.awards.queries import dossier_rows, reviews_of
from campaign.awards.services import MoveRefused, Stale
from campaign.units.choices import Role
from campaign.units.reach import forget_posts
from campaign.units.services import (
    let_go,
    record_enrolment,
    rename_unit,
)
from outbox.models import Letter
from tests.concurrency import at_once
from tests.factories.awards import (
    confirm_place,
    make_award_round,
    make_dossier,
    make_nominee,
    make_staff,
    make_submitted,
    make_whole,
    shifted,
    write_report,
)
from tests.factories.people import hold, make_holder, make_person

pytestmark = pytest.mark.django_db


def review(nominee):
    """What the rules say of one nominee now."""
    dossier = dossier_rows().get(pk=nominee.dossier_id)
    return next(one for one in reviews_of(dossier.round, dossier) if one.nominee.pk == nominee.pk)


def whole(college, **fields):
    """A nominee of the faculty with everything a paper can give."""
    nominee = make_nominee(
        college["dossier"], college["writer"], fields.pop("person", college["student"])
    )
    return make_whole(nominee, college["writer"], **fields)


def test_a_proposal_goes_from_draft_to_ready(college):
    whole(college)
    now = timezone.now()
    signed = services.sign_dossier(college["dossier"], by=college["head"], now=now)
    assert (
        Confirmation.objects.filter(by_whom=ConfirmedBy.UNIT, added_by=college["head"]).count() == 1
    )
    sent = services.submit_dossier(signed, by=college["writer"], now=now)
    assert (sent.state, sent.first_submitted_at) == (DossierState.SUBMITTED, now)
    assert Letter.objects.filter(to_email="tt@thu.edu.vn").count() == 1
    ready = services.ready_dossier(sent, by=college["standing"], now=now)
    assert (ready.state, ready.nominees.get().state) == (DossierState.READY, NomineeState.PASSED)
    assert [event.move for event in ready.events.all()] == ["begin", "sign", "submit", "ready"]
    assert Letter.objects.filter(to_email="viet@thu.edu.vn").count() == 1


def test_each_signing_and_sending_is_frozen_with_the_checksum_of_what_it_says(college):
    nominee = whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    kept = list(sent.revisions.all())
    assert [row.number for row in kept] == [1, 2]
    told = json.dumps(kept[1].content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert kept[1].checksum == hashlib.sha256(told.encode()).hexdigest()
    assert kept[1].content["nominees"][0]["name"] == nominee.full_name
    assert [one[:2] for one in kept[1].content["nominees"][0]["findings"]][3] == [4, "met"]


def test_what_the_roster_says_later_changes_nothing_of_what_was_sent(college):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    today = timezone.localdate()
    rename_unit(college["farmers"], name="Lớp đổi tên", short_name="", since=today, today=today)
    record_enrolment(college["farmers"], count=9, as_of=today)
    let_go(college["student"], last_day=shifted(-1), by=None, now=timezone.now())
    row = sent.nominees.get()
    assert (row.home_name, row.class_size, row.full_name) == (
        "Lớp Nông nghiệp 1",
        42,
        "Mẫu Thị Ánh",
    )
    # The check says that he has left meanwhile; the office decides.
    assert [trap.name for trap in review(row).traps] == ["roster"]


def test_an_opened_proposal_takes_the_roster_anew_when_it_is_signed_again(college):
    whole(college)
    signed = services.sign_dossier(college["dossier"], by=college["head"], now=timezone.now())
    today = timezone.localdate()
    rename_unit(college["farmers"], name="Lớp đổi tên", short_name="", since=today, today=today)
    opened = services.reopen_dossier(signed, by=college["writer"], now=timezone.now())
    # The signature falls, and the head's confirmation with it.
    assert not Confirmation.objects.filter(by_whom=ConfirmedBy.UNIT).exists()
    services.sign_dossier(opened, by=college["head"], now=timezone.now())
    assert Nominee.objects.get().home_name == "Lớp đổi tên"


def test_all_that_is_missing_is_said_at_once(college):
    services.save_merits(college["dossier"], merits="", by=college["writer"], now=timezone.now())
    make_nominee(college["dossier"], college["writer"], college["student"])
    with pytest.raises(ValidationError) as refused:
        services.sign_dossier(college["dossier"], by=college["head"], now=timezone.now())
    assert refused.value.messages == [
        "Chưa ghi thành tích nổi bật của đơn vị.",
        "Mẫu Thị Ánh: Báo cáo thành tích chưa đủ: chưa viết xong báo cáo, thiếu xác nhận nơi tham gia.",
    ]
    assert Dossier.objects.get().state == DossierState.DRAFT


def test_an_empty_proposal_is_not_signed(college):
    with pytest.raises(ValidationError, match="Chưa đề nghị ai"):
        services.sign_dossier(college["dossier"], by=college["head"], now=timezone.now())


@pytest.mark.parametrize("who", ["writer", "standing", "leader", "secretary", "member"])
def test_only_the_units_own_head_signs(college, who):
    whole(college)
    with pytest.raises(PermissionDenied):
        services.sign_dossier(college["dossier"], by=college[who], now=timezone.now())


@pytest.mark.parametrize("who", ["writer", "head", "leader", "secretary", "member"])
@pytest.mark.parametrize("verb", ["ready", "return"])
def test_only_the_office_checks(college, who, verb):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    act = {
        "ready": lambda: services.ready_dossier(sent, by=college[who], now=timezone.now()),
        "return": lambda: services.return_dossier(sent, reason="x", by=college[who], now=timezone.now()),
    }[verb]  # fmt: skip
    with pytest.raises(PermissionDenied):
        act()
    sent.refresh_from_db()
    assert sent.state == DossierState.SUBMITTED


def test_the_office_never_checks_what_it_has_signed_itself(college):
    hold(college["standing"], college["office"], Role.UNIT_HEAD)
    forget_posts(college["standing"])
    dossier = make_dossier(college["round"], college["office"], college["standing"])
    make_whole(make_staff(dossier, college["standing"]), college["standing"])
    sent = make_submitted(dossier, college["standing"])
    with pytest.raises(PermissionDenied):
        services.ready_dossier(sent, by=college["standing"], now=timezone.now())


def test_given_back_nominee_by_nominee_the_others_have_passed(college):
    good = whole(college)
    bad = whole(college, person=make_person(college["farmers"]))
    sent = make_submitted(college["dossier"], college["head"])
    back = services.return_dossier(
        sent, reason="", points={bad.pk: "Giấy mờ"}, by=college["standing"], now=timezone.now()
    )
    states = dict(back.nominees.values_list("pk", "state"))
    assert states == {good.pk: NomineeState.PASSED, bad.pk: NomineeState.RETURNED}
    good.refresh_from_db()
    bad.refresh_from_db()
    assert not user_can_edit_nominee(college["writer"], good)
    assert user_can_edit_nominee(college["writer"], bad)
    with pytest.raises(PermissionDenied):
        write_report(good, college["writer"], process="Sửa trộm")
    letter = Letter.objects.get(to_email="viet@thu.edu.vn")
    assert "Giấy mờ" in letter.body
    # Mended, signed and sent again: only what was wanting is looked at anew.
    confirm_place(bad, college["writer"])
    again = make_submitted(back, college["head"])
    assert dict(again.nominees.values_list("pk", "state"))[bad.pk] == NomineeState.PROPOSED
    assert (
        services.ready_dossier(again, by=college["standing"], now=timezone.now()).state == "ready"
    )


def test_given_back_as_a_whole_everybody_is_looked_at_anew(college):
    nominee = whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    services.return_dossier(sent, reason="Thiếu căn cứ", by=college["standing"], now=timezone.now())
    nominee.refresh_from_db()
    assert nominee.state == NomineeState.RETURNED


def test_giving_back_wants_a_word(college):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    with pytest.raises(ValidationError):
        services.return_dossier(
            sent, reason=" ", points={}, by=college["standing"], now=timezone.now()
        )


def test_taken_back_until_the_office_has_opened_it(college):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    drawn = services.withdraw_dossier(sent, by=college["writer"], now=timezone.now())
    assert drawn.state == DossierState.DRAFT
    sent = make_submitted(drawn, college["head"])
    services.open_received(sent, by=college["standing"], now=timezone.now())
    with pytest.raises(MoveRefused, match="trả lại"):
        services.withdraw_dossier(sent, by=college["writer"], now=timezone.now())


def test_a_look_by_others_than_the_office_does_not_bind_the_unit(college):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    services.open_received(sent, by=college["leader"], now=timezone.now())
    assert Dossier.objects.get().opened_at is None


def test_nothing_is_taken_after_the_last_day_but_what_came_back_may_come_again(college):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])
    back = services.return_dossier(
        sent, reason="Bổ sung", by=college["standing"], now=timezone.now()
    )
    late = timezone.now() + timedelta(days=40)
    assert days_problem(back, late) is None
    other = make_dossier(college["round"], college["union"], college["secretary"])
    make_whole(make_nominee(other, college["secretary"], college["student"]), college["secretary"])
    with pytest.raises(MoveRefused, match="hết hạn"):
        services.sign_dossier(other, by=college["secretary"], now=late)


def test_more_time_for_one_unit_alone(college):
    asked, unit = college["round"], college["craft"]
    words = {"why": "Đi thực tập", "by": college["standing"], "now": timezone.now()}
    made = services.extend_unit(asked, unit, until=shifted(20), **words)
    assert (made.unit, made.closes_on) == (unit, shifted(20))
    assert college["dossier"].closes_on == shifted(10)
    with pytest.raises(ValidationError, match="Hạn đang là"):
        services.extend_unit(asked, unit, until=shifted(15), **words)
    with pytest.raises(PermissionDenied):
        services.extend_unit(asked, unit, until=shifted(30), **{**words, "by": college["writer"]})


def test_two_tabs_do_not_write_over_each_other(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    write_report(nominee, college["writer"], process="Bản của tôi")
    with pytest.raises(Stale):
        services.save_report(
            nominee, {"process": "Bản cũ"}, claims={}, award_form="", version=0, by=college["writer"],
            now=timezone.now(),
        )  # fmt: skip
    assert Nominee.objects.get().individual_report.process == "Bản của tôi"
    version = Dossier.objects.get().merits_version
    services.save_merits(college["dossier"], merits="Một", merits_version=version, by=college["writer"],
                         now=timezone.now())  # fmt: skip
    with pytest.raises(Stale):
        services.save_merits(college["dossier"], merits="Hai", merits_version=version, by=college["head"],
                             now=timezone.now())  # fmt: skip


def test_a_round_that_is_not_open_takes_no_proposal(college):
    asked = make_award_round(college["school"], college["standing"], is_open=False)
    with pytest.raises(ValidationError, match="chưa mở"):
        services.begin_dossier(asked, college["farming"], by=college["writer"], now=timezone.now())


def test_rules_hold_still_once_a_round_is_open(college):
    asked = make_award_round(college["school"], college["standing"], is_open=False)
    criteria, quotas = list(asked.criteria.all()), list(asked.quotas.all())
    criteria[0].text = "Lời mới"
    services.save_rules(asked, criteria, quotas, by=college["standing"])
    assert asked.criteria.get(pk=criteria[0].pk).text == "Lời mới"
    quotas[1].size_to = 12
    with pytest.raises(ValidationError, match="hai mức"):
        services.save_rules(asked, criteria, quotas, by=college["standing"])
    services.open_round(asked, by=college["standing"], now=timezone.now())
    with pytest.raises(ValidationError, match="đã mở"):
        services.save_rules(asked, criteria, quotas, by=college["standing"])


def test_the_demo_plan_holds_every_number_of_the_plan(college):
    """Plan SL 4.2.1 and 4.3, number by number."""
    asked = college["round"]
    criteria = [(row.for_what, row.number, row.threshold) for row in asked.criteria.all()]
    assert sorted(criteria, key=lambda row: row[:2]) == [
        ("collective", 1, 30), ("collective", 2, 1), ("collective", 3, None), ("collective", 4, None),
        ("collective", 5, None), ("individual", 1, 20), ("individual", 2, None), ("individual", 3, None),
        ("individual", 4, None), ("individual", 5, None), ("individual", 6, None),
    ]  # fmt: skip
    quotas = [
        (row.subject, row.scope, row.size_from, row.size_to, row.most) for row in asked.quotas.all()
    ]
    assert quotas == [
        ("staff", "part", None, None, 2),
        ("student", "student_class", 1, 9, 1), ("student", "student_class", 10, 19, 2),
        ("student", "student_class", 20, 29, 3), ("student", "student_class", 30, None, 4),
        ("office", "school", None, None, 2), ("student_class", "faculty", None, None, 2),
        ("team", "faculty", None, None, 2),
    ]  # fmt: skip
    weak = asked.criteria.get(for_what="collective", number=2).audiences.values_list(
        "name", flat=True
    )
    assert {"Người cao tuổi", "Đồng bào dân tộc thiểu số"} <= set(weak)
    assert all(row.clause for row in asked.criteria.all())
    assert all(row.clause for row in asked.quotas.all())


@pytest.mark.django_db(transaction=True)
def test_ten_presses_make_one_proposal_and_one_nominee(college):
    key, person = uuid4(), make_person(college["smiths"])

    def act():
        dossier = services.begin_dossier(
            college["round"], college["craft"], by=college["chief"], now=timezone.now()
        )
        rows = services.nominate_people(
            dossier, [person], key=key, by=college["chief"], now=timezone.now()
        )
        return rows[0].pk

    college["chief"] = make_holder(college["craft"], Role.UNIT_HEAD)
    assert len(set(at_once(8, act))) == 1
    assert DossierEvent.objects.filter(dossier__unit=college["craft"], move="begin").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_check_at_once_make_one_move(college):
    whole(college)
    sent = make_submitted(college["dossier"], college["head"])

    def act():
        try:
            services.ready_dossier(sent, by=college["standing"], now=timezone.now())
        except MoveRefused:
            return "refused"
        return "done"

    assert sorted(at_once(4, act)) == ["done", "refused", "refused", "refused"]
    assert sent.events.filter(move="ready").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_save_at_once_lose_nothing_silently(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])

    def act():
        try:
            services.save_report(
                nominee, {"process": "Một trong hai"}, claims={}, award_form="", version=0,
                by=college["writer"], now=timezone.now(),
            )  # fmt: skip
        except Stale:
            return "stale"
        return "kept"

    assert sorted(at_once(4, act)) == ["kept", "stale", "stale", "stale"]


def test_openings_are_told_once_for_a_look(college):
    now = timezone.now()
    for _ in range(3):
        services.log_opening(college["dossier"], by=college["standing"], what="Xem hồ sơ", now=now)
    services.log_opening(college["dossier"], by=college["leader"], what="Xem hồ sơ", now=now)
    later = now + timedelta(minutes=11)
    services.log_opening(college["dossier"], by=college["standing"], what="Xem hồ sơ", now=later)
    assert college["dossier"].openings.count() == 3
