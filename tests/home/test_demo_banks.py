"""The demo's question banks: files of the site itself, loaded by the librarians' own door."""

import pytest

from home.demo.library import load_library
from home.demo.reading import FOLDER, read
from resources.choices import QuestionKind
from resources.models import BankQuestion, LibraryItemPage, Topic
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


@pytest.mark.django_db
def test_banks_are_loaded_once(home):
    for row in read("topics")["topic"]:
        Topic.objects.create(slug=row["slug"], name=row["name"])
    load_library()
    banks = LibraryItemPage.objects.filter(kind="bo-cau-hoi")
    assert [bank.questions.count() for bank in banks.order_by("slug")] == [11] * 6 + [12, 11]
    before = BankQuestion.objects.count()
    load_library()
    assert BankQuestion.objects.count() == before
    assert len(FILES) == banks.count()
    assert all(bank.topics.exists() for bank in banks)
