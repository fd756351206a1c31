"""Surveys: made and changed by those who may, sheets counted once, paper put right with a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.units.choices import Role
from resources.choices import Able, SheetSource, Split, Wave
from resources.models import AnswerCount, Competence, CountedSheet, SheetPile, Survey, SurveyEvent
from resources.services import (
    change_survey,
    close_wave,
    count_answers,
    delete_survey,
    ensure_framework,
    enter_tally,
    make_survey,
    settle_wave,
)
from resources.survey_queries import results_of, sheets_so_far
from tests.concurrency import at_once
from tests.factories.people import make_holder, make_user
from tests.factories.surveys import (
    all_questions,
    group_of,
    make_asked,
    over,
    pile_up,
    plan_of,
    round_of,
    tally_of,
)
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


def now():
    """This moment."""
    return timezone.now()


@pytest.fixture
def college(home):
    """A school with two faculties of a class each."""
    return make_college()


def answered(survey, answer=Able.ALONE, key=None, **group):
    """One sheet of the web with the same answer everywhere."""
    told = group_of(survey, **group)
    return count_answers(survey, told, all_questions(survey, answer), key=key or uuid4(), now=now())


def counts(survey, **kept):
    """(Question's code, answer) → how often."""
    rows = AnswerCount.objects.filter(pile__survey=survey, count__gt=0, **kept)
    found = rows.values_list("question__competence__code", "answer", "count")
    return {(code, answer): count for code, answer, count in found}


def test_every_component_has_a_statement_that_fits(home):
    told = Competence.objects.values_list("statement", flat=True)
    assert len(told) == 24
    assert all(words.startswith("Tôi ") and words.endswith(".") for words in told)


def test_statements_come_to_an_older_site_and_leave_what_librarians_wrote(home):
    Competence.objects.update(statement="")
    ensure_framework()
    assert Competence.objects.filter(statement="").count() == 0
    Competence.objects.exclude(code="1.1").update(statement="")
    Competence.objects.filter(code="1.1").update(statement="Tôi tìm được đường.")
    ensure_framework()
    assert Competence.objects.exclude(statement="").get().statement == "Tôi tìm được đường."


def test_a_survey_keeps_its_words_when_the_frameworks_change(college):
    survey = make_asked(college["school"])
    first = survey.questions.first()
    asked = first.text
    Competence.objects.filter(pk=first.competence_id).update(statement="Tôi khác.")
    first.refresh_from_db()
    assert first.text == asked
    assert [row.competence.code for row in survey.questions.select_related("competence")] == [
        "1.1", "2.6", "4.2",
    ]  # fmt: skip


def test_the_same_form_makes_one_survey(college):
    key, plan = uuid4(), plan_of()
    made = [make_survey(college["school"], plan, key=key, by=None, now=now()) for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert SurveyEvent.objects.get().act == "made"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "  "}, {"title"}),
        ({"names": ()}, {"audiences"}),
        ({"codes": ()}, {"competences"}),
        ({"after": round_of(3, 9)}, {"after_from"}),
        ({"split": Split.CLASSES}, {"split"}),
    ],
)
def test_what_is_wrong_with_a_survey_is_told_by_field(fields, wrong, college):
    # An office has no classes below it.
    with pytest.raises(ValidationError) as told:
        make_asked(college["office"], **fields)
    assert set(told.value.message_dict) == wrong
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("split", "units"),
    [
        (Split.WHOLE, ["school"]),
        (Split.PARTS, ["craft", "farming", "office"]),
        (Split.CLASSES, ["farmers", "smiths"]),
    ],
)
def test_answers_are_counted_for_the_units_of_the_split(split, units, college):
    survey = make_asked(college["school"], split=split)
    asked = {row.unit_id for row in survey.units.all()}
    assert asked == {college[name].pk for name in units}


def test_the_database_keeps_rounds_in_order_and_learners_unnamed(college):
    survey = make_asked(college["school"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(
            after_from=survey.before_from - timedelta(days=1)
        )
    group = group_of(survey)
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetPile.objects.create(
            survey=survey, wave="before", unit=group.unit, audience=group.audience,
            source=SheetSource.WEB, sheets=1, entered_by=make_user(), entered_at=now(),
        )  # fmt: skip


def test_a_sheet_adds_one_to_each_count_and_leaves_nothing_else(college):
    survey = make_asked(college["school"])
    assert answered(survey) is True
    assert answered(survey, Able.CANNOT) is True
    assert SheetPile.objects.get().sheets == 2
    assert counts(survey) == {
        (code, answer): 1 for code in ("1.1", "2.6", "4.2") for answer in (Able.ALONE, Able.CANNOT)
    }
    # The keys of sheets say neither which survey nor which answer.
    assert {field.name for field in CountedSheet._meta.get_fields()} == {"id", "key", "day"}
    assert SurveyEvent.objects.filter(survey=survey).count() == 1


def test_two_presses_count_once(college):
    survey, key = make_asked(college["school"]), uuid4()
    assert [answered(survey, key=key) for _ in range(2)] == [True, False]
    assert SheetPile.objects.get().sheets == 1
    assert set(counts(survey).values()) == {1}


def test_a_statement_left_open_counts_for_nothing(college):
    survey = make_asked(college["school"])
    first = survey.questions.first()
    count_answers(survey, group_of(survey), {first.pk: Able.TEACHES}, key=uuid4(), now=now())
    assert counts(survey) == {("1.1", Able.TEACHES): 1}


@pytest.mark.django_db(transaction=True)
def test_sheets_that_come_at_once_are_all_counted_and_one_pressed_often_once(home):
    survey = make_asked(make_college()["school"])
    group, asked, same = group_of(survey), all_questions(survey, Able.HELPED), uuid4()

    def send(key):
        return count_answers(survey, group, asked, key=key, now=now())

    assert at_once(6, lambda: send(uuid4())) == [True] * 6
    assert sorted(at_once(5, lambda: send(same))) == [False] * 4 + [True]
    assert SheetPile.objects.get().sheets == 7
    assert set(counts(survey).values()) == {7}


@pytest.mark.django_db(transaction=True)
def test_one_tally_of_a_group_is_kept_of_two_that_come_at_once(home):
    college = make_college()
    survey, head = (
        make_asked(college["school"]),
        make_holder(college["school"], Role.STANDING_OFFICE),
    )
    group, told = group_of(survey), tally_of(survey, (1, 2, 3, 0))

    def enter():
        try:
            enter_tally(survey, group, 6, told, seen=0, reason="", by=head, now=now())
        except ValidationError as refused:
            return refused.messages[0][:10]
        return "kept"

    assert sorted(at_once(3, enter)) == ["Người khác", "Người khác", "kept"]
    assert SheetPile.objects.get().version == 1


def test_a_round_takes_sheets_on_its_days_alone(college):
    survey = make_asked(college["school"], before=round_of(1, 5))
    with pytest.raises(ValidationError):
        answered(survey)
    survey = make_asked(college["school"])
    with pytest.raises(ValidationError):
        answered(survey, wave=Wave.AFTER)
    assert close_wave(survey, Wave.BEFORE, by=None, now=now()) is True
    with pytest.raises(ValidationError):
        answered(survey)
    assert not SheetPile.objects.exists()
    assert not CountedSheet.objects.exists()


def test_a_class_of_one_evening_has_both_rounds_on_one_day(college):
    survey = make_asked(college["school"], before=round_of(0, 0), after=round_of(0, 0))
    answered(survey)
    assert close_wave(survey, Wave.AFTER, by=None, now=now()) is False
    assert close_wave(survey, Wave.BEFORE, by=None, now=now()) is True
    assert answered(survey, wave=Wave.AFTER) is True


def test_only_what_is_asked_is_counted(college):
    survey, other = make_asked(college["school"]), make_asked(college["farming"], codes=("3.1",))
    with pytest.raises(ValidationError):
        count_answers(survey, group_of(survey), all_questions(other, 1), key=uuid4(), now=now())
    with pytest.raises(ValidationError):
        count_answers(survey, group_of(other), all_questions(survey, 1), key=uuid4(), now=now())
    with pytest.raises(ValidationError):
        count_answers(survey, group_of(survey), {}, key=uuid4(), now=now())


def entered(survey, by, sheets=6, numbers=(1, 2, 3, 0), seen=0, reason="", **group):
    """A tally of paper."""
    told = group_of(survey, **group)
    counted = tally_of(survey, numbers)
    return enter_tally(survey, told, sheets, counted, seen=seen, reason=reason, by=by, now=now())


def test_paper_adds_to_the_web_and_replaces_itself_with_a_trace(college):
    survey, head = (
        make_asked(college["school"]),
        make_holder(college["school"], Role.STANDING_OFFICE),
    )
    answered(survey)
    entered(survey, head)
    entered(survey, head, sheets=8, numbers=(0, 0, 5, 3), seen=1, reason="Đếm sót hai tờ")
    assert sorted(SheetPile.objects.values_list("source", "sheets")) == [("paper", 8), ("web", 1)]
    assert counts(survey, pile__source="paper", question__competence__code="1.1") == {
        ("1.1", Able.ALONE): 5, ("1.1", Able.TEACHES): 3,
    }  # fmt: skip
    events = SurveyEvent.objects.filter(pile__isnull=False).order_by("pk")
    assert list(events.values_list("act", "by", "sheets_before", "sheets_after", "reason")) == [
        ("entered", head.pk, None, 6, ""),
        ("corrected", head.pk, 6, 8, "Đếm sót hai tờ"),
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"sheets": 5}, "question"),
        ({"sheets": 0, "numbers": (0, 0, 0, 0)}, "sheets"),
        ({"numbers": (0, 0, 0, 0)}, "sheets"),
    ],
)
def test_a_tally_that_does_not_add_up_is_refused_at_its_place(fields, wrong, college):
    survey = make_asked(college["school"])
    with pytest.raises(ValidationError) as told:
        entered(survey, make_holder(college["school"], Role.STANDING_OFFICE), **fields)
    places = set(told.value.message_dict)
    questions = {str(pk) for pk in all_questions(survey, 0)}
    assert places == (questions if wrong == "question" else {"sheets"})
    assert not SheetPile.objects.exists()


def test_a_correction_says_why_and_knows_what_it_replaces(college):
    survey, head = (
        make_asked(college["school"]),
        make_holder(college["school"], Role.STANDING_OFFICE),
    )
    entered(survey, head)
    with pytest.raises(ValidationError) as told:
        entered(survey, head, seen=1)
    assert "reason" in told.value.message_dict
    with pytest.raises(ValidationError):
        entered(survey, head, seen=0, reason="Nhập lại")
    assert SheetPile.objects.get().version == 1


def test_a_colleague_does_not_correct_but_the_head_does(college):
    craft = college["craft"]
    survey = make_asked(craft)
    first, other = make_holder(craft, Role.REPORTER), make_holder(craft, Role.REPORTER)
    head, far = make_holder(craft, Role.UNIT_HEAD), make_holder(college["farming"], Role.UNIT_HEAD)
    entered(survey, first)
    with pytest.raises(ValidationError):
        entered(survey, other, seen=1, reason="Sửa")
    with pytest.raises(PermissionDenied):
        entered(survey, far, seen=1, reason="Sửa")
    assert entered(survey, head, seen=1, reason="Sửa").entered_by == head


def test_nothing_is_entered_once_results_are_shown(college):
    survey, head = (
        make_asked(college["school"]),
        make_holder(college["school"], Role.STANDING_OFFICE),
    )
    entered(survey, head, sheets=12, numbers=(3, 3, 3, 3))
    assert settle_wave(survey, Wave.BEFORE, by=head, now=now()) is False
    assert close_wave(survey, Wave.BEFORE, by=head, now=now()) is True
    entered(survey, head, sheets=12, numbers=(2, 4, 3, 3), seen=1, reason="Đếm lại")
    assert results_of(survey_of(survey), timezone.localdate()).is_empty
    assert settle_wave(survey, Wave.BEFORE, by=head, now=now()) is True
    with pytest.raises(ValidationError):
        entered(survey, head, seen=2, reason="Sửa nữa")
    told = results_of(survey_of(survey), timezone.localdate())
    assert [line.before.percent for line in told.lines(told.whole)] == [50, 50, 50]
    assert list(survey.events.values_list("act", flat=True))[:2] == ["settled", "corrected"]


def survey_of(survey):
    """As it is now."""
    return Survey.objects.select_related("unit").get(pk=survey.pk)


def test_a_survey_is_changed_as_a_whole_until_somebody_has_answered(college):
    survey = make_asked(college["school"])
    plan = plan_of(codes=("6.1",), names=("Nông dân", "Sinh viên"), split=Split.CLASSES)
    change_survey(survey, plan, seen=1, by=None, now=now())
    assert [row.competence.code for row in survey.questions.all()] == ["6.1"]
    assert survey.units.count() == survey.audiences.count() == 2
    with pytest.raises(ValidationError):
        change_survey(survey, plan, seen=1, by=None, now=now())
    answered(survey_of(survey))
    change_survey(
        survey, plan_of(title="Tên mới", after=round_of(40, 50)), seen=2, by=None, now=now()
    )
    fresh = survey_of(survey)
    assert (fresh.title, fresh.after_from) == ("Tên mới", timezone.localdate() + timedelta(days=40))
    assert [row.competence.code for row in fresh.questions.all()] == ["6.1"]


def test_an_ended_round_keeps_its_days(college):
    survey = make_asked(college["school"])
    answered(survey)
    close_wave(survey, Wave.BEFORE, by=None, now=now())
    with pytest.raises(ValidationError) as told:
        change_survey(survey, plan_of(), seen=2, by=None, now=now())
    assert set(told.value.message_dict) == {"before_to"}


def test_a_survey_is_thrown_away_only_while_nobody_has_answered(college):
    survey, other = make_asked(college["school"]), make_asked(college["school"])
    answered(survey)
    with pytest.raises(ValidationError):
        delete_survey(survey, by=None)
    delete_survey(other, by=None)
    assert Survey.objects.get() == survey


ACTS = {
    "make": lambda s, by: make_survey(s.unit, plan_of(), key=uuid4(), by=by, now=now()),
    "change": lambda s, by: change_survey(s, plan_of(), seen=s.version, by=by, now=now()),
    "close": lambda s, by: close_wave(s, Wave.BEFORE, by=by, now=now()),
    "settle": lambda s, by: settle_wave(s, Wave.BEFORE, by=by, now=now()),
    "enter": lambda s, by: entered(s, by),
    "delete": lambda s, by: delete_survey(s, by=by),
}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("role", [*Role.values, "foreign", "administrator"])
def test_surveys_are_run_by_those_who_write_for_the_unit(act, role, college):
    survey = make_asked(college["school"])
    may = role in {"reporter", "unit_head", "deputy", "standing_office", "administrator"}
    if role == "administrator":
        by = make_user("administrator")
    elif role == "foreign":
        by = make_holder(make_unit(None, "institution"), Role.STANDING_OFFICE)
    elif role == "department_officer":
        by = make_holder(make_unit(None, "department"), role)
    else:
        by = make_holder(college["school"], role)
    if may:
        ACTS[act](survey, by)
    else:
        with pytest.raises(PermissionDenied):
            ACTS[act](survey, by)


def test_who_sees_which_survey(college):
    survey = make_asked(college["school"], split=Split.CLASSES)
    own = make_asked(college["craft"])
    seen = {
        "office": ({survey, own}, make_holder(college["school"], Role.STANDING_OFFICE)),
        "leader": ({survey, own}, make_holder(college["school"], Role.LEADER)),
        # A class that is asked sees what asks it.
        "reporter of a class": ({survey}, make_holder(college["smiths"], Role.REPORTER)),
        "head of the faculty": ({survey, own}, make_holder(college["craft"], Role.UNIT_HEAD)),
        "head of another": ({survey}, make_holder(college["farming"], Role.UNIT_HEAD)),
        "reporter of an office": (set(), make_holder(college["office"], Role.REPORTER)),
        "member": (set(), make_holder(college["smiths"], Role.MEMBER)),
        "librarian": ({survey, own}, make_user("librarian")),
        "publisher": ({survey, own}, make_user("publisher")),
        "editor": (set(), make_user("editor")),
        "nobody": (set(), make_user()),
    }
    found = {name: set(Survey.objects.visible_to(user)) for name, (_, user) in seen.items()}
    assert found == {name: wanted for name, (wanted, _) in seen.items()}


@pytest.fixture
def told(college):
    """Results of a survey of the school by class, of two audiences, after both rounds."""
    survey = make_asked(college["school"], split=Split.CLASSES, names=("Nông dân", "Sinh viên"))
    for wave, able in ((Wave.BEFORE, 10), (Wave.AFTER, 20)):
        pile_up(survey, 30, able, wave, unit=college["smiths"], audience="Sinh viên")
        pile_up(survey, 26, able, wave, unit=college["farmers"], audience="Nông dân")
    return results_of(over(survey), timezone.localdate())


def test_results_stand_by_statement_domain_group_and_up_the_tree(told, college):
    whole = told.summary(told.whole)
    assert (whole.sheets, whole.before, whole.after, whole.points) == ((56, 56), 36, 71, 35)
    assert [group.label for group in told.units] == [
        college[name].name for name in ("farming", "farmers", "craft", "smiths")
    ]
    assert [group.depth for group in told.units] == [0, 1, 0, 1]
    assert [group.label for group in told.audiences] == ["Sinh viên", "Nông dân"]
    smiths = told.group(f"u{college['smiths'].pk}")
    assert [line.change.points for line in told.lines(smiths)] == [34, 34, 34]
    assert [(domain.before, domain.after) for domain in told.domains(smiths)] == [(33, 67)] * 3


def test_four_sheets_are_not_enough_and_five_tell_only_their_number(college):
    survey = make_asked(college["school"])
    pile_up(survey, 4, 2)
    assert results_of(over(survey), timezone.localdate()).is_empty
    SheetPile.objects.update(sheets=5)
    found = results_of(survey_of(survey), timezone.localdate())
    assert found.summary(found.whole).sheets == (5, None)
    assert {line.before.bounds for line in found.lines(found.whole)} == {None}


def test_nothing_is_told_while_a_round_runs_but_how_many_came(college):
    survey = make_asked(college["school"])
    pile_up(survey, 12, 6)
    found = results_of(survey, timezone.localdate())
    assert found.is_empty
    assert sheets_so_far(survey) == {"before": 12}
    pile_up(survey, 4, 2, Wave.AFTER)
    assert sheets_so_far(survey) == {"before": 12}
    assert all(line.before is None for line in found.lines(found.whole))


def test_a_small_class_is_found_neither_by_itself_nor_by_difference(college):
    survey = make_asked(college["school"], split=Split.CLASSES)
    pile_up(survey, 30, 15, unit=college["smiths"])
    pile_up(survey, 4, 2, unit=college["farmers"])
    found = results_of(over(survey), timezone.localdate())
    # The school less the one class would be the other.
    assert [key for key in found.waves["before"].sheets if key.startswith("u")] == []
    assert found.summary(found.whole).sheets == (34, None)


def test_results_cost_the_same_with_one_class_and_with_thirty(college):
    def cost(survey):
        with CaptureQueriesContext(connection) as counted:
            results_of(survey_of(survey), timezone.localdate())
        return len(counted)

    few = make_asked(college["craft"], split=Split.CLASSES)
    pile_up(few, 12, 6)
    for _ in range(30):
        make_unit(college["craft"], "student_class")
    many = make_asked(
        college["school"], split=Split.CLASSES, names=("Nông dân", "Sinh viên", "Người dân")
    )
    for row in many.units.select_related("unit"):
        pile_up(many, 12, 6, unit=row.unit)
    assert cost(over(many)) == cost(over(few))
