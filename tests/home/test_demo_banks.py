"""The demo's question banks: files of the site itself, loaded by the librarians' own door."""

import pytest

from home.demo.reading import FOLDER
from resources.choices import QuestionKind
from resources.questions.gift import read_gift
from resources.questions.gift_writing import write_gift
from resources.questions.rules import problems

FILES = sorted((FOLDER / "library").glob("*.gift"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_bank_is_sound_of_every_kind_and_says_why(file):
    found, wrong = read_gift(file.read_text())
    asked = [one.question for one in found]
    assert wrong == []
    assert len(asked) > 10
    assert [problem for question in asked for problem in problems(question)] == []
    assert {question.kind for question in asked} == set(QuestionKind.values)
    again, _ = read_gift(write_gift(asked))
    assert [one.question for one in again] == asked
    for question in asked:
        said = question.feedback or any(answer.feedback for answer in question.answers)
        assert said or question.kind in (QuestionKind.SHORT, QuestionKind.MATCHING), question.code
