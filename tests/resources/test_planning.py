"""What a file would do to a bank."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from resources.questions.planning import digest, is_refused, plan
from resources.questions.rules import Found, Wrong, code_key, text_key
from tests.factories.questions import FAST, questions, single

CODES = {"4.2", "1.1"}
OLD = single("Câu cũ?", code="C1")


def verdicts(*asked, known=(OLD,)) -> list[str]:
    """What each question does."""
    found = [Found(n, question) for n, question in enumerate(asked, start=2)]
    return [line.verdict for line in plan(found, [], known, CODES)]


def test_a_question_is_known_by_its_code_or_by_its_words():
    assert verdicts(OLD) == ["same"]
    assert verdicts(single("câu  CŨ?".replace("  ", " "), code="")) == ["change"]
    assert verdicts(replace(OLD, code="")) == ["same"]
    assert verdicts(replace(OLD, code="c 1", text="Khác?")) == ["change"]
    assert verdicts(single("Mới?")) == ["add"]


def test_what_changes_is_named():
    found = [Found(2, replace(OLD, text="Khác?", category="A"))]
    (line,) = plan(found, [], [OLD], CODES)
    assert line.why == "Đổi câu hỏi, chuyên mục."
    assert line.question.code == "C1"


def test_doubles_and_unknown_competences_are_refused():
    assert verdicts(single("A?", code="x"), single("B?", code="X")) == ["add", "refuse"]
    assert verdicts(single("A?"), single("a?")) == ["add", "refuse"]
    assert verdicts(replace(OLD, code="C9")) == ["refuse"]
    assert verdicts(single("A?", competence="9.9")) == ["refuse"]


def test_three_wrong_of_five_thousand_are_named_and_refuse_all():
    asked = [Found(n, single(f"Câu {n}?")) for n in range(2, 5000)]
    asked[100] = Found(102, single("", code=""))
    wrong = [Wrong(5000, "Sai loại."), Wrong(5001, "Sai số.")]
    lines = plan(asked, wrong, [], CODES)
    assert is_refused(lines)
    assert [line.place for line in lines if line.verdict == "refuse"] == [102, 5000, 5001]
    assert len(lines) == 5000


def test_a_bank_has_an_end_and_a_file_must_hold_something():
    known = [single(f"Câu {n}?", code=str(n)) for n in range(5000)]
    lines = plan([Found(2, single("Thêm?"))], [], known, CODES)
    assert "nhiều nhất là 5.000" in lines[0].why
    assert is_refused(plan([], [], [], CODES))


@settings(max_examples=40, deadline=None, phases=FAST)
@given(st.lists(questions(), max_size=4, unique_by=lambda q: text_key(q.text)))
def test_applied_twice_changes_nothing(bank):
    bank = [replace(question, code=f"c{n}") for n, question in enumerate(bank)]
    found = [Found(n, question) for n, question in enumerate(bank, start=2)]
    if bank:
        assert {line.verdict for line in plan(found, [], bank, CODES)} == {"same"}
        assert {line.verdict for line in plan(found, [], [], CODES)} == {"add"}
        assert digest(plan(found, [], bank, CODES)) != digest(plan(found, [], [], CODES))
    assert len({code_key(question.code) for question in bank}) == len(bank)
