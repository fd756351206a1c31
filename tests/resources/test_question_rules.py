"""When a question is fit to be asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.choices import QuestionKind
from resources.questions.rules import Answer, Question, line, lines, problems, true_false
from tests.factories.questions import TEXTS, matching, multiple, short, single


def answers(*texts: str, right: tuple[int, ...] = (0,)) -> tuple[Answer, ...]:
    """Plain answers."""
    return tuple(Answer(text, n in right) for n, text in enumerate(texts))


@pytest.mark.parametrize("question", [single(), multiple(), matching(), short("a"),
                                      Question("true_false", "A", true_false(True))])  # fmt: skip
def test_a_sound_question_has_no_problem(question):
    assert problems(question) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (replace(single(), kind="essay"), "loại"),
        (replace(single(), text=""), "Thiếu nội dung"),
        (replace(single(), text="a" * 1001), "dài 1001"),
        (replace(single(), code="a" * 41), "Mã dài"),
        (single(answers=answers("a")), "ít nhất hai"),
        (single(answers=answers("a", "b", right=())), "Chưa có đáp án đúng"),
        (single(answers=answers("a", "b", right=(0, 1))), "chỉ có một"),
        (single(answers=answers("a", "A")), "hai lần"),
        (single(answers=answers("a", "")), "để trống"),
        (single(answers=answers(*"abcdefghi")), "nhiều nhất là 8"),
        (replace(multiple(), answers=answers("a", "b", right=())), "Chưa có"),
        (Question("true_false", "A", answers("Đúng", "Khác")), "“Đúng” và “Sai”"),
        (replace(short("a"), answers=answers("a", "b")), "được tính là đúng"),
        (short("a -> b"), "“->”"),
        (replace(short("a"), answers=(Answer("a", match="b"),)), "vế ghép"),
        (replace(matching(), answers=(Answer("a", match="b"),)), "hai cặp"),
        (replace(matching(), answers=(Answer("a", match="x"), Answer("b", match="x"))), "giống nhau"),
        (replace(matching(), answers=(Answer("a", match="x"), Answer("a", match="y"))), "hai lần"),
        (replace(matching(), answers=(Answer("a", match="x"), Answer("b"))), "thiếu vế"),
        (replace(matching(), answers=(*matching().answers, Answer("", match="thừa"))), "nhiễu"),
        (replace(matching(), answers=(Answer("a", True, "x", "y"), Answer("b", match="z"))), "riêng từng cặp"),
        (replace(matching(), answers=(Answer("a->b", match="y"), Answer("b", match="z"))), "“->”"),
    ],
)  # fmt: skip
def test_each_problem_is_said(question, said):
    assert any(said in problem for problem in problems(question))


@given(st.one_of(st.text(), TEXTS))
def test_stored_texts_stay_as_they_are(text):
    assert line(line(text)) == line(text)
    assert lines(lines(text)) == lines(text)
    assert "\n" not in line(text)


def test_kinds_are_all_of_them():
    assert len(QuestionKind.values) == 5
