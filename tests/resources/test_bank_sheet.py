"""A bank's workbook: written without loss, read with every fault named by its row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.books import Row, read_book, write_book
from resources.choices import QuestionKind
from resources.questions.rules import problems
from resources.questions.sheet import SHEET, questions_of, row_of
from tests.factories.questions import FAST, questions, single

NAMES = [column.name for column in SHEET.columns]


def row(**cells) -> Row:
    """A row of a sound question with other cells."""
    sound = {"kind": "Một đáp án", "text": "Hỏi?", "answer1": "a", "answer2": "b", "right": "1"}
    return Row(2, sound | cells)


@settings(max_examples=40, deadline=None, phases=FAST)
@given(st.lists(questions(), max_size=3))
def test_what_is_written_to_a_real_workbook_reads_back_the_same(bank):
    data = write_book([(SHEET, [row_of(question) for question in bank])])
    book = read_book(data, [SHEET])
    found, wrong = questions_of(book.rows[SHEET.title])
    assert (book.faults, wrong) == ([], [])
    assert [one.question for one in found] == bank
    assert all(problems(question) == [] for question in bank)


@settings(max_examples=200, deadline=None, phases=FAST)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(
            st.text(max_size=30),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.none(),
            st.datetimes(),
            st.sampled_from([kind.label for kind in QuestionKind]),
        ),
    )
)
def test_no_row_fails_but_with_words(cells):
    found, wrong = questions_of([Row(7, cells)])
    assert [one.place for one in [*found, *wrong]] == [7]
    for one in found:
        problems(one.question)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"kind": "Trắc nghiệm"}, "Không có loại"),
        ({"kind": "Mot dap"}, "Có phải “Một đáp án”"),
        ({"kind": ""}, "Thiếu loại"),
        ({"right": "A"}, "ghi “A”"),
        ({"right": "3"}, "số 3"),
        ({"right": "9"}, "số 9"),
        ({"said3": "x"}, "phản hồi 3"),
        ({"kind": "Đúng sai", "right": "có lẽ"}, "Đúng hoặc Sai"),
        ({"kind": "Ghép đôi"}, "Đáp án 1 của câu ghép đôi"),
        ({"kind": "Ghép đôi", "answer1": "a -> b", "answer2": "c -> d", "said1": "x"}, "riêng"),
    ],
)  # fmt: skip
def test_faults_of_a_row(cells, said):
    found, wrong = questions_of([row(**cells)])
    assert found == []
    assert said in wrong[0].said


@pytest.mark.parametrize("typed", ["1; 3", "1,3", "1 và 3", 1.3, "1.3", "1/3"])
def test_numbers_of_right_answers_as_people_and_spreadsheets_write_them(typed):
    read = row(kind="nhieu dap an", answer3="c", right=typed)
    question = questions_of([read])[0][0].question
    assert [answer.is_right for answer in question.answers] == [True, False, True]


@pytest.mark.parametrize(
    ("typed", "is_true"), [("Đúng", True), ("SAI", False), (True, True), (1, True)]
)
def test_truth_as_people_write_it(typed, is_true):
    question = questions_of([row(kind="Đúng sai", right=typed)])[0][0].question
    assert [answer.is_right for answer in question.answers] == [is_true, not is_true]


def test_nothing_in_a_workbook_runs():
    assert row_of(single("=1+1"))[2] == "'=1+1"
    assert row_of(single("'=1+1"))[2] == "''=1+1"
    assert row_of(single("'quen'"))[2] == "'quen'"
