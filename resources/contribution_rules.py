"""What a unit's material must have before it goes to the library. Pure.

A draft may lack anything. To be handed in it says what it is, for whom, about what, on what terms, and holds
the one thing a reader uses: a file, or an address elsewhere; never both, for one would be forgotten. Material
of others names its source, and goes in as an address alone where its licence forbids copying (plan SL I.2).
"""

from collections.abc import Collection
from dataclasses import dataclass

from resources.choices import FileSort, ItemKind, Rights

SORTS = {
    FileSort.DOCUMENT: frozenset(
        {
            "pdf",
            "doc",
            "docx",
            "xls",
            "xlsx",
            "ppt",
            "pptx",
            "odt",
            "ods",
            "odp",
            "csv",
            "txt",
            "zip",
        }
    ),
    FileSort.MEDIA: frozenset({"mp4", "webm", "mp3", "m4a", "ogg", "wav"}),
    FileSort.PICTURE: frozenset({"jpg", "jpeg", "png", "webp"}),
}
SOUNDS = frozenset({"mp3", "m4a", "ogg", "wav"})
# What each kind may hold; the kinds that are not named hold a file to read.
HOLDS = {
    ItemKind.VIDEO: frozenset({FileSort.MEDIA}),
    ItemKind.AUDIO: frozenset({FileSort.MEDIA}),
    ItemKind.INFOGRAPHIC: frozenset({FileSort.PICTURE, FileSort.DOCUMENT}),
    ItemKind.COURSE: frozenset(),
}
LINKED = frozenset(
    {ItemKind.VIDEO, ItemKind.AUDIO, ItemKind.COURSE, ItemKind.KIT, ItemKind.QUESTIONS}
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of the material, as the rules need it."""

    kind: str = ""
    title: str = ""
    summary: str = ""
    extension: str = ""
    link: str = ""
    alt: str = ""
    has_language: bool = False
    audiences: int = 0
    topics: int = 0
    has_licence: bool = False
    may_copy: bool = True
    rights: str = ""
    source: str = ""


def sort_of(extension: str) -> FileSort | None:
    """Into which store a file of this ending goes; None for one the library does not take."""
    return next((sort for sort, endings in SORTS.items() if extension.lower() in endings), None)


def is_sound(extension: str) -> bool:
    """Whether a file of this ending is heard, not seen."""
    return extension.lower() in SOUNDS


def held_sorts(kind: str) -> Collection[FileSort]:
    """What sorts of files material of `kind` may hold."""
    if kind not in ItemKind.values:
        return frozenset(FileSort)
    return HOLDS.get(ItemKind(kind), frozenset({FileSort.DOCUMENT}))


def problems(offer: Offer) -> dict[str, str]:
    """What keeps the material from being handed in, by field; nothing when it may go."""
    wanted = {
        "title": (not offer.title, "Hãy đặt tên học liệu."),
        "kind": (offer.kind not in ItemKind.values, "Hãy chọn loại học liệu."),
        "summary": (not offer.summary, "Hãy viết một, hai câu: học liệu dạy gì."),
        "language": (not offer.has_language, "Hãy chọn ngôn ngữ."),
        "audiences": (not offer.audiences, "Hãy chọn học liệu dành cho ai."),
        "topics": (not offer.topics, "Hãy chọn ít nhất một chủ đề."),
        "rights": (offer.rights not in Rights.values, "Hãy chọn: học liệu này của ai?"),
        "licence": (not offer.has_licence, "Hãy chọn người khác được dùng thế nào."),
    }
    found = {name: said for name, (is_missing, said) in wanted.items() if is_missing}
    if said := _content_problem(offer):
        found[said[0]] = said[1]
    if offer.rights == Rights.ALLOWED and not offer.source:
        found["source"] = "Học liệu của người khác: hãy ghi tác giả, nơi lấy."
    if offer.has_licence and offer.extension and not offer.may_copy:
        found["licence"] = "Giấy phép này không cho sao chép: hãy bỏ tệp, ghi địa chỉ."
    return found


def _content_problem(offer: Offer) -> tuple[str, str] | None:
    if offer.extension and offer.link:
        return "link", "Chọn một trong hai: gửi tệp, hoặc ghi địa chỉ. Hãy bỏ một."
    if offer.kind not in ItemKind.values:
        missing = ("file", "Hãy chọn tệp, hoặc ghi địa chỉ.")
        return None if offer.extension or offer.link else missing
    if offer.extension:
        return _file_problem(offer)
    if offer.link:
        if offer.kind in LINKED:
            return None
        return "file", f"{ItemKind(offer.kind).label} cần tệp để đọc và tải về."
    if offer.kind == ItemKind.COURSE:
        return "link", "Khóa học cần địa chỉ để người học mở."
    said = "Hãy chọn tệp" + (", hoặc ghi địa chỉ." if offer.kind in LINKED else ".")
    return "file", said


def _file_problem(offer: Offer) -> tuple[str, str] | None:
    sort = sort_of(offer.extension)
    held = held_sorts(offer.kind)
    if sort is None or sort not in held:
        label = ItemKind(offer.kind).label.lower()
        if not held:
            return "file", f"Loại “{label}” không có tệp: hãy bỏ tệp, ghi địa chỉ."
        takes = ", ".join(
            f".{end}" for kind in FileSort if kind in held for end in sorted(SORTS[kind])
        )
        return (
            "file",
            f"Tệp .{offer.extension} không hợp với loại “{label}”: loại này nhận {takes}.",
        )
    if sort == FileSort.PICTURE and not offer.alt:
        return "alt", "Hãy tả hình bằng lời cho người không nhìn thấy."
    if offer.kind == ItemKind.AUDIO and not is_sound(offer.extension):
        return "file", "Đây là tệp video: hãy chọn loại “Video”."
    if offer.kind == ItemKind.VIDEO and is_sound(offer.extension):
        return "file", "Đây là tệp âm thanh: hãy chọn loại “Âm thanh”."
    return None
