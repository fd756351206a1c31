"""Banks of questions: imported as a whole or not at all, changed by those who may, counted once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import SiteRole
from office.books import write_book
from resources.models import BankImport, BankQuestion, CountedSheet, QuestionTally
from resources.permissions import user_can_edit_questions
from resources.questions.marking import mark
from resources.questions.sheet import SHEET, row_of
from resources.services import (
    apply_import,
    count_sheet,
    delete_question,
    hand_in,
    import_bank,
    save_question,
)
from resources.services.banks import known_questions
from tests.concurrency import at_once
from tests.factories.library import make_item
from tests.factories.people import make_user
from tests.factories.questions import gift_of, make_bank, matching, multiple, short, single

pytestmark = pytest.mark.django_db
BANK = (
    single("Một?", code="A1", category="Mở đầu", competence="4.2"),
    multiple("Hai?", code="A2"),
    matching("Ba?", code="A3", feedback="Nhớ nhé."),
    short("Hà Nội", text="Bốn?"),
)


def now():
    """This moment."""
    return timezone.localtime()


def book_of(*asked) -> bytes:
    """A workbook of these questions."""
    return write_book([(SHEET, [row_of(question) for question in asked])])


def verdicts(item, data: bytes, name: str) -> list[str]:
    """What the file would do."""
    job = hand_in(item, data=data, name=name, by=None, now=now())
    return [line.verdict for line in job.lines.all()]


@pytest.mark.parametrize(("make", "name"), [(gift_of, "a.gift"), (book_of, "a.xlsx")])
def test_a_bank_comes_in_whole_and_again_changes_nothing(make, name, home):
    item = make_bank()
    import_bank(item, data=make(*BANK), name=name, now=now())
    stored = known_questions(item)
    # Whoever has no code is given one.
    assert stored == [*BANK[:3], replace(BANK[3], code=stored[3].code)]
    assert stored[3].code == "C004"
    assert verdicts(item, make(*stored), name) == ["same"] * 4
    assert QuestionTally.objects.count() == 4


def test_of_five_thousand_rows_three_wrong_refuse_all_and_are_named(home):
    item = make_bank()
    rows = [row_of(single(f"Câu {n}?")) for n in range(2, 5002)]
    rows[98][1], rows[998][11], rows[4998][2] = "Đố vui", "9", rows[4997][2]
    job = hand_in(item, data=write_book([(SHEET, rows)]), name="a.xlsx", by=None, now=now())
    refused = job.lines.filter(verdict="refuse")
    assert [line.place for line in refused] == [100, 1000, 5000]
    assert "Đố vui" in refused[0].why
    with pytest.raises(ValidationError):
        apply_import(job, by=None, now=now())
    assert BankQuestion.objects.count() == 0
    assert BankImport.objects.get().applied_at is None


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"MZ", "a.exe", ".xlsx, .gift"),
        (b"\xff\xfe\x00", "a.gift", "UTF-8"),
        (b"khong", "a.xlsx", "không phải tệp .xlsx"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.txt", "5 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(data, name, said, home):
    with pytest.raises(ValidationError, match=said):
        hand_in(make_bank(), data=data, name=name, by=None, now=now())


def test_unknown_columns_are_named(home):
    item = make_bank()
    from office.books import Column, Sheet

    other = Sheet(SHEET.title, (*SHEET.columns, Column("x", "Điểm thưởng")))
    data = write_book([(other, [[*row_of(single()), "5"]])])
    job = hand_in(item, data=data, name="a.xlsx", by=None, now=now())
    assert "Điểm thưởng" in job.lines.get(verdict="refuse").why


def test_what_changed_in_between_is_shown_first(home):
    item = make_bank(single("Một?", code="A1"))
    job = hand_in(item, data=gift_of(single("Hai?", code="A2")), name="a.gift", by=None, now=now())
    save_question(item, single("Hai?", code="B2"), by=None)
    with pytest.raises(ValidationError, match="đã thay đổi"):
        apply_import(job, by=None, now=now())
    assert [line.verdict for line in job.lines.all()] == ["refuse"]
    assert item.questions.count() == 2


def test_applied_twice_is_applied_once(home):
    item = make_bank()
    job = hand_in(item, data=gift_of(*BANK), name="a.gift", by=None, now=now())
    assert apply_import(job, by=None, now=now()) is True
    assert apply_import(job, by=None, now=now()) is False
    assert item.questions.count() == 4
    assert bytes(BankImport.objects.get().data) == b""


def test_a_changed_question_begins_its_sums_anew_and_a_mended_remark_does_not(home):
    item = make_bank(single("Một?", code="A1"), single("Hai?", code="A2"))
    QuestionTally.objects.update(shown=5, answered=4, right=3)
    changed = [single("Một, sửa?", code="A1"), single("Hai?", code="A2", feedback="Thêm lời.")]
    import_bank(item, data=gift_of(*changed), name="a.gift", now=now())
    assert list(QuestionTally.objects.order_by("pk").values_list("shown", "right")) == [
        (0, 0),
        (5, 3),
    ]


def test_one_question_is_saved_with_reasons(home):
    item = make_bank(single("Một?", code="A1"))
    with pytest.raises(ValidationError, match="Chưa có đáp án đúng"):
        save_question(item, replace(multiple(), answers=multiple().answers[1:2]), by=None)
    with pytest.raises(ValidationError, match="đã có"):
        save_question(item, single("Một?"), by=None)
    with pytest.raises(ValidationError, match="đã có"):
        save_question(item, single("Khác?", code="a1"), by=None)
    row = item.questions.get()
    save_question(item, single("Một sửa?", code="Z9"), by=None, old=row)
    assert known_questions(item) == [single("Một sửa?", code="Z9")]
    delete_question(item.questions.get(), by=None)
    assert item.questions.count() == 0


def test_who_may_change_questions(home):
    live, plain = make_bank(), make_item()
    draft = make_bank(title="Nháp", live=False)
    who = {role: make_user(role) for role in SiteRole.values} | {"": make_user()}
    on_live = {role for role, user in who.items() if user_can_edit_questions(user, live)}
    assert on_live == {"administrator", "publisher", "librarian"}
    on_draft = {role for role, user in who.items() if user_can_edit_questions(user, draft)}
    assert on_draft == on_live | {"editor"}
    assert not any(user_can_edit_questions(user, plain) for user in who.values())
    with pytest.raises(PermissionDenied):
        hand_in(live, data=b"", name="a.gift", by=who["editor"], now=now())
    with pytest.raises(PermissionDenied):
        save_question(plain, single(), by=None)


def test_a_bank_costs_the_same_for_one_and_for_thirty(home):
    def queries(item) -> int:
        with CaptureQueriesContext(connection) as seen:
            known_questions(item)
        return len(seen)

    one = queries(make_bank(single()))
    many = queries(make_bank(*(single(f"Câu {n}?") for n in range(30)), title="Khác"))
    assert one == many == 2


def test_a_sheet_is_counted_once_and_leaves_sums_alone(home):
    item = make_bank(single("Một?"), single("Hai?"))
    one, two = item.questions.values_list("pk", flat=True)
    marks = {one: mark(single(), ["0"]), two: mark(single(), [])}
    today = date(2026, 11, 23)
    assert count_sheet("k1", marks, day=today) is True
    assert count_sheet("k1", marks, day=today) is False
    assert count_sheet("k2", {one: mark(single(), ["1"])}, day=today) is True
    assert count_sheet("k3", {two: mark(single(), [])}, day=today) is False
    sums = QuestionTally.objects.order_by("question").values_list("shown", "answered", "right")
    assert list(sums) == [(2, 2, 1), (1, 0, 0)]
    count_sheet("k4", marks, day=today + timedelta(days=3))
    assert [sheet.key for sheet in CountedSheet.objects.all()] == ["k4"]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_sheet_count_once(home):
    item = make_bank(single("Một?"))
    pk = item.questions.get().pk
    marks = {pk: mark(single(), ["0"])}
    done = at_once(20, lambda: count_sheet("k1", marks, day=date(2026, 11, 23)))
    assert sorted(done) == [False] * 19 + [True]
    assert QuestionTally.objects.get().right == 1
