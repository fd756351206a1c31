"""Changing what many items are sorted by."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.tagging_rules import AXES, Edit, Tags, edit_problem, edited, told

BEFORE = Tags(("VNeID", "AI"), ("Nông dân",), ("4.2",), ("An toàn", "mạng"), "Tự do")


@pytest.mark.parametrize(
    ("edit", "after", "words"),
    [
        (Edit(add=Tags(topics=("AI", "VssID"))),
         Tags(("VNeID", "AI", "VssID"), *[getattr(BEFORE, axis) for axis in AXES[1:]], "Tự do"),
         "thêm chủ đề: VssID"),
        (Edit(remove=Tags(keywords=("an toàn",))),
         Tags(BEFORE.topics, BEFORE.audiences, BEFORE.competences, ("mạng",), "Tự do"),
         "bỏ từ khóa: An toàn"),
        (Edit(add=Tags(keywords=("AN TOÀN",))), BEFORE, ""),
        (Edit(remove=Tags(competences=("1.1",))), BEFORE, ""),
        (Edit(licence="Liên kết"),
         Tags(*[getattr(BEFORE, axis) for axis in AXES], "Liên kết"),
         "giấy phép: Tự do → Liên kết"),
        (Edit(add=Tags(competences=("1.1",)), remove=Tags(audiences=("Nông dân",))),
         Tags(BEFORE.topics, (), ("4.2", "1.1"), BEFORE.keywords, "Tự do"),
         "bỏ đối tượng: Nông dân; thêm năng lực: 1.1"),
    ],
)  # fmt: skip
def test_an_edit_changes_what_it_names_and_says_so(edit, after, words):
    assert edited(BEFORE, edit) == after
    assert told(BEFORE, after) == words


def test_an_edit_without_sense_is_refused():
    assert edit_problem(Edit()) == "Chưa chọn gì để thêm, bỏ hoặc đổi."
    both = Edit(add=Tags(keywords=("Mạng",)), remove=Tags(keywords=("mạng",)))
    assert edit_problem(both) == "Vừa thêm vừa bỏ từ khóa “mạng”: hãy chọn một."
    assert edit_problem(Edit(licence="x")) == ""


words = st.lists(
    st.sampled_from(["a", "A", "b", "ă", "C", "c"]), max_size=4, unique_by=str.casefold
)
tags = st.builds(Tags, *[words.map(tuple) for _ in AXES], st.sampled_from(["", "x", "y"]))


@settings(max_examples=200, deadline=None)
@given(tags, tags, tags)
def test_an_edit_done_twice_changes_nothing_more(before, add, remove):
    edit = Edit(add, remove)
    if edit_problem(edit):
        return
    once = edited(before, edit)
    assert edited(once, edit) == once
    assert told(once, edited(once, edit)) == ""
    for axis in AXES:
        have = {word.casefold() for word in getattr(once, axis)}
        assert len(have) == len(getattr(once, axis))
        assert have >= {word.casefold() for word in getattr(add, axis)}
        assert not have & {word.casefold() for word in getattr(remove, axis)}
    assert (told(before, once) == "") == (before == once)
