"""What an uploaded catalogue would do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.catalogue.planning import (
    MOST_ITEMS,
    Judged,
    Known,
    Report,
    archive_lines,
    digest,
    is_refused,
    may_add_known,
    plan,
    title_of,
    to_write,
)
from resources.catalogue.rows import ItemRow
from resources.choices import ItemVerdict


def judged(number: int, title: str = "", **fields) -> Judged:
    """A sound row."""
    kind = fields.pop("kind", "tai-lieu")
    return Judged(ItemRow(number, title or f"Học liệu {number}", kind), **fields)


def verdicts(rows, reports=None, known=None, faults=()):
    """Place and verdict of each line."""
    return [
        (line.place, line.verdict) for line in plan(rows, faults, reports or {}, known or Known())
    ]


def uses(*names: str, purpose: str = "document"):
    """Files that a row names."""
    return {"uses": tuple(("files", purpose, name) for name in names)}


def test_new_rows_are_added_and_wrong_ones_named():
    lines = plan([judged(2), judged(3, problems=("Cột “Loại”: chưa ghi.", "B."))], [], {}, Known())
    assert [(line.place, line.verdict) for line in lines] == [(2, "add"), (3, "refuse")]
    assert lines[1].why == "Cột “Loại”: chưa ghi.\nB."
    assert is_refused(lines)
    assert [row.row for row in to_write(lines, add_known=False)] == [2]


def test_a_known_title_is_asked_about_and_marks_make_another():
    known = Known({title_of("học  liệu 2", "tai-lieu"): "Học liệu 2"})
    assert verdicts([judged(2), judged(3, "Học lieu 2")], known=known) == [(2, "known"), (3, "add")]
    assert verdicts([judged(2, kind="video")], known=known) == [(2, "add")]
    lines = plan([judged(2)], [], {}, known)
    assert not is_refused(lines)
    assert may_add_known(lines)
    assert to_write(lines, add_known=False) == []
    assert len(to_write(lines, add_known=True)) == 1


def test_a_known_file_is_asked_about_with_the_item_that_has_it():
    reports = {("document", "a.pdf"): Report(checksum="c1")}
    (line,) = plan([judged(2, **uses("a.pdf"))], [], reports, Known({}, {"c1": "Sổ tay"}))
    assert line.verdict == ItemVerdict.KNOWN
    assert line.why == "Tệp “a.pdf” giống hệt tệp của “Sổ tay” trong thư viện."


def test_a_missing_file_refuses_a_new_row_but_not_one_that_is_left_out():
    reports = {("document", "a.pdf"): Report("không có trong tệp nén.")}
    row = judged(2, **uses("a.pdf"))
    (line,) = plan([row], [], reports, Known())
    assert (line.verdict, line.why) == ("refuse", "Cột “Tệp”: “a.pdf” không có trong tệp nén.")
    known = Known({title_of(row.row.title, "tai-lieu"): "x"})
    (line,) = plan([row], [], reports, known)
    assert (line.verdict, line.can_add) == ("known", False)
    assert not may_add_known([line])


def test_a_title_twice_in_the_file_is_refused_at_the_second():
    lines = plan([judged(2, "Một"), judged(5, "MỘT")], [], {}, Known())
    assert [line.verdict for line in lines] == ["add", "refuse"]
    assert "đã có ở dòng 2" in lines[1].why


def test_faults_of_the_sheet_too_many_rows_and_none_refuse_all():
    assert verdicts([judged(2)], faults=[(1, "Không có cột “x”.")]) == [(1, "refuse"), (2, "add")]
    assert verdicts([]) == [(0, "refuse")]
    many = [judged(n) for n in range(2, MOST_ITEMS + 3)]
    assert verdicts(many)[0] == (0, "refuse")
    assert verdicts(many[:-1])[0] == (2, "add")


def test_of_five_thousand_rows_the_three_wrong_are_named():
    rows = [judged(n, problems=("x",) if n in (9, 77, 4999) else ()) for n in range(2, 5002)]
    wrong = [line for line in plan(rows, [], {}, Known()) if line.verdict == "refuse"]
    assert [line.place for line in wrong] == [9, 77, 4999]


def test_what_no_row_names_is_a_note_and_no_refusal():
    lines = archive_lines([], [f"{n}.pdf" for n in range(150)])
    assert not is_refused(lines)
    assert len(lines) == 101
    assert lines[-1].why == "Còn 50 tệp nữa không dòng nào ghi tên."
    assert is_refused(archive_lines([("../a", "tên chứa “../”.")], []))
    assert archive_lines([("../a", "tên")], [])[0].why == "Tên"
    assert is_refused(archive_lines([], [], "Tệp nén hỏng."))


numbers = st.integers(2, 40)


@settings(max_examples=150, deadline=None)
@given(st.lists(numbers, unique=True), st.sets(numbers), st.sets(numbers), st.booleans())
def test_every_row_has_one_line_and_is_written_only_when_sound(rows, wrong, there, add_known):
    known = Known({title_of(f"Học liệu {n}", "tai-lieu"): "x" for n in there})
    planned = [judged(n, problems=("x",) if n in wrong else ()) for n in rows]
    lines = plan(planned, [], {}, known)
    assert sorted(line.place for line in lines) == (sorted(rows) or [0])
    written = {row.row for row in to_write(lines, add_known=add_known)}
    assert written == set(rows) - wrong - (set() if add_known else there)
    assert is_refused(lines) == bool(not rows or wrong & set(rows))
    assert digest(lines) == digest(plan(planned, [], {}, known))


@pytest.mark.parametrize("other", [judged(2, "Khác"), judged(3), judged(2, note="x")])
def test_another_plan_has_another_digest(other):
    one, two = (plan([row], [], {}, Known()) for row in (judged(2), other))
    assert digest(one) != digest(two)
