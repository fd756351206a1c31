"""Nominees held against quotas, traps and their own evidence; taken in, taken out, nobody twice."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards import services
from campaign.awards.choices import DossierState, Subject
from campaign.awards.models import Dossier, Nominee
from campaign.awards.queries import dossier_rows, reviews_of
from campaign.awards.services import ByHand
from campaign.units.services import (
    add_unit,
    merge_units,
    record_enrolment,
)
from tests.factories.activities import picture, upload
from tests.factories.awards import (
    add_photo,
    make_collective,
    make_dossier,
    make_nominee,
    make_staff,
    make_submitted,
    make_whole,
    serve,
    shifted,
    write_report,
)
from tests.factories.people import make_person
from tests.factories.units import START, make_unit

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


def test_the_third_of_the_staff_is_warned_with_the_clause_and_still_proposed(college):
    rows = [make_staff(college["dossier"], college["writer"]) for _ in range(3)]
    found = review(rows[2])
    assert (found.is_over, found.place.allowance.most, len(found.others)) == (True, 2, 2)
    assert found.place.allowance.clause == "KH mục 4.3.1"
    for row in rows:
        make_whole(row, college["writer"])
    assert make_submitted(college["dossier"], college["head"]).state == DossierState.SUBMITTED


def test_quotas_are_counted_at_home_across_proposals_and_mergers(college):
    dossier = make_dossier(college["round"], college["union"], college["secretary"])
    small = make_unit(college["farming"], "student_class")
    record_enrolment(small, count=9, as_of=timezone.localdate())
    one = make_nominee(college["dossier"], college["writer"], unit=small)
    make_whole(one, college["writer"])
    make_submitted(college["dossier"], college["head"])
    two = make_nominee(dossier, college["secretary"], unit=small)
    found = review(two)
    assert (found.place.allowance.most, len(found.place.stands), found.is_over) == (1, 2, True)
    # Merged into the class of 42 mid-round: both now stand at the heir's quota.
    today = timezone.localdate()
    merge_units(small, into=college["farmers"], last_day=shifted(-1), today=today)
    make_nominee(dossier, college["secretary"], college["student"])
    assert review(two).place.count == 3
    # One person proposed by two is one award.
    make_nominee(dossier, college["secretary"], one.person)
    assert (len(review(two).place.stands), review(two).place.count) == (4, 3)


def test_a_draft_of_another_unit_is_nobodys_business(college):
    dossier = make_dossier(college["round"], college["union"], college["secretary"])
    mine = make_nominee(college["dossier"], college["writer"], college["student"])
    make_nominee(dossier, college["secretary"], college["student"])
    assert [trap.name for trap in review(mine).traps] == []
    assert list(Dossier.objects.visible_to(college["writer"])) == [college["dossier"]]
    assert list(Dossier.objects.visible_to(college["standing"])) == []


def test_the_same_person_by_two_units_is_caught_and_blocks_the_office(college):
    whole(college)
    make_submitted(college["dossier"], college["head"])
    dossier = make_dossier(college["round"], college["union"], college["secretary"])
    twin = make_whole(
        make_nominee(dossier, college["secretary"], college["student"]), college["secretary"]
    )
    found = review(twin)
    assert [trap.name for trap in found.traps] == ["twice"]
    assert "Khoa Nông Lâm cũng đề nghị" in found.traps[0].said
    # Warned, and still handed in: the office settles it.
    sent = make_submitted(dossier, college["secretary"])
    with pytest.raises(ValidationError, match="cũng đề nghị"):
        services.ready_dossier(sent, by=college["standing"], now=timezone.now())


def test_the_same_folded_name_is_asked_about(college):
    whole(college)
    make_submitted(college["dossier"], college["head"])
    dossier = make_dossier(college["round"], college["union"], college["secretary"])
    other = make_nominee(
        dossier, college["secretary"], unit=college["smiths"], full_name="MẪU THI ANH"
    )
    assert [(trap.name, trap.is_hard) for trap in review(other).traps if trap.other] == [
        ("same_name", False)
    ]


def test_a_name_by_hand_waits_for_the_roster(college):
    told = ByHand(Subject.STUDENT, "Mẫu Không Tên", college["farmers"], "X1")
    key = uuid4()
    made = [
        services.nominate_by_hand(college["dossier"], told, key=key, by=college["writer"], now=timezone.now())
        for _ in range(2)
    ]  # fmt: skip
    assert made[0].pk == made[1].pk
    assert "roster" in [trap.name for trap in review(made[0]).traps]
    assert made[0].class_size == 42


def test_a_class_of_unknown_size_is_said(college):
    nominee = make_nominee(college["dossier"], college["writer"], unit=college["smiths"])
    found = review(nominee)
    assert [trap.name for trap in found.traps] == ["size"]
    assert (found.place.allowance.is_known, found.is_over) == (False, False)


def test_a_child_is_not_published_without_a_guardian(college):
    born = timezone.localdate().year - 15
    nominee = make_nominee(college["dossier"], college["writer"],
                           make_person(college["farmers"], birth_year=born))  # fmt: skip
    assert [(trap.name, trap.is_hard) for trap in review(nominee).traps] == [("guardian", False)]
    from campaign.awards.purposes import PUBLISH
    from privacy.services import current_text

    services.agree(
        nominee, current_text(PUBLISH), given_by="Mẫu Phụ Huynh", is_guardian=True, given_on=shifted(-1),
        upload=upload(picture(3)), by=college["writer"], now=timezone.now(),
    )  # fmt: skip
    assert review(nominee).traps == ()
    consent = nominee.consents.get()
    services.withdraw_consent(consent, by=college["writer"], now=timezone.now())
    assert [trap.name for trap in review(nominee).traps] == ["guardian"]


def test_twenty_times_are_met_by_the_log_and_not_by_declaring(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    serve([college["student"]], 19, college["farmers"], college["member"], college["teacher"])
    write_report(nominee, college["writer"], declared=5)
    assert review(nominee).outcome.findings[0].answer == "not_met"
    criterion = college["round"].criteria.get(for_what="individual", number=1)
    add_photo(nominee, college["writer"], criterion=criterion)
    assert review(nominee).outcome.findings[0].answer == "judged"
    serve(
        [college["student"]],
        1,
        college["farmers"],
        college["member"],
        college["teacher"],
        place="Nơi khác",
    )
    found = review(nominee).outcome.findings[0]
    assert (found.answer, found.value) == ("met", "20/20 lượt")


def test_sixty_photos_and_not_one_more(college, monkeypatch):
    from campaign.awards.services import papers

    monkeypatch.setattr(papers, "MOST_PIECES", 3)
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    for seed in range(3):
        add_photo(nominee, college["writer"], seed)
    with pytest.raises(ValidationError, match="nhiều nhất 3"):
        add_photo(nominee, college["writer"], 9)
    services.remove_piece(nominee.pieces.first(), by=college["writer"], now=timezone.now())
    add_photo(nominee, college["writer"], 9)
    assert nominee.pieces.filter(removed_at=None).count() == 3


def test_the_same_press_keeps_one_piece(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    key = uuid4()
    for _ in range(2):
        services.add_piece(
            nominee, key=key, by=college["writer"], now=timezone.now(), url="https://a.vn/x"
        )
    assert nominee.pieces.count() == 1


def test_nobody_twice_in_one_proposal(college):
    first = make_nominee(college["dossier"], college["writer"], college["student"])
    again = make_nominee(college["dossier"], college["writer"], college["student"])
    assert first.pk == again.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Nominee.objects.create(
            dossier=college["dossier"], person=college["student"], subject="student", full_name="x",
            key=uuid4(), added_at=timezone.now(), added_by=college["writer"],
        )  # fmt: skip
    make_collective(college["dossier"], college["writer"], college["farmers"])
    with pytest.raises(ValidationError, match="đã có trong hồ sơ"):
        make_collective(college["dossier"], college["writer"], college["farmers"])
    # Taken out, he may come again.
    services.withdraw_nominee(first, by=college["writer"], now=timezone.now())
    assert make_nominee(college["dossier"], college["writer"], college["student"]).pk != first.pk


def test_a_mixed_teams_faculty_is_chosen_with_a_reason(college):
    team = add_unit(college["union"], kind="volunteer_team", code="DOI", name="Đội", starts=START)
    by = {"by": college["secretary"], "now": timezone.now()}
    dossier = make_dossier(college["round"], college["union"], college["secretary"])
    with pytest.raises(ValidationError, match="chọn khoa"):
        services.nominate_collective(dossier, team, key=uuid4(), **by)
    with pytest.raises(ValidationError) as refused:
        services.nominate_collective(dossier, team, key=uuid4(), home=college["craft"], **by)
    assert "reason" in refused.value.message_dict
    row = services.nominate_collective(
        dossier,
        team,
        key=uuid4(),
        home=college["craft"],
        reason="Đông sinh viên khoa này nhất",
        **by,
    )
    assert (row.home, row.home_reason) == (college["craft"], "Đông sinh viên khoa này nhất")


def test_people_of_another_school_are_nobodys_nominees(college):
    other = make_person(make_unit(make_unit(), "student_class"))
    with pytest.raises(ValidationError, match="không thuộc trường"):
        make_nominee(college["dossier"], college["writer"], other)
