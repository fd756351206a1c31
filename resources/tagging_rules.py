"""Changing what many items are sorted by: what an edit makes of one item, and how that is told. Pure.

An edit adds and takes away; what it does not name stays, in its order. Done twice it changes nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

AXES = ("topics", "audiences", "competences", "keywords")
AXIS_WORDS = {
    "topics": "chủ đề",
    "audiences": "đối tượng",
    "competences": "năng lực",
    "keywords": "từ khóa",
}


@dataclass(frozen=True, slots=True)
class Tags:
    """What an item is sorted by, in words; competences by their codes."""

    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is added and what is taken away; a licence takes the place of the one there is."""

    add: Tags = Tags()
    remove: Tags = Tags()
    licence: str = ""


def _key(word: str) -> str:
    return word.casefold()


def _after(before: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> tuple[str, ...]:
    gone = {_key(word) for word in remove}
    kept = [word for word in before if _key(word) not in gone]
    there = {_key(word) for word in kept}
    new = {_key(word): word for word in add if _key(word) not in there}
    return (*kept, *new.values())


def edited(tags: Tags, edit: Edit) -> Tags:
    """What the edit makes of an item."""
    axes = {
        axis: _after(getattr(tags, axis), getattr(edit.add, axis), getattr(edit.remove, axis))
        for axis in AXES
    }
    return Tags(**axes, licence=edit.licence or tags.licence)


def edit_problem(edit: Edit) -> str:
    """Why the edit makes no sense, or nothing."""
    for axis in AXES:
        add = {_key(word) for word in getattr(edit.add, axis)}
        both = [word for word in getattr(edit.remove, axis) if _key(word) in add]
        if both:
            return f"Vừa thêm vừa bỏ {AXIS_WORDS[axis]} “{both[0]}”: hãy chọn một."
    if edit == Edit():
        return "Chưa chọn gì để thêm, bỏ hoặc đổi."
    return ""


def told(before: Tags, after: Tags) -> str:
    """What changes, in words; nothing for nothing."""
    parts = []
    for axis in AXES:
        old, new = getattr(before, axis), getattr(after, axis)
        for word, these in (
            ("thêm", [one for one in new if one not in old]),
            ("bỏ", [one for one in old if one not in new]),
        ):
            if these:
                parts.append(f"{word} {AXIS_WORDS[axis]}: {', '.join(these)}")
    if before.licence != after.licence:
        parts.append(f"giấy phép: {before.licence or 'chưa có'} → {after.licence}")
    return "; ".join(parts)
