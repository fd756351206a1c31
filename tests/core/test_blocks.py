"""Blocks refuse what a reader could not use, and say why."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from core.blocks import BodyBlock, TextBlock, heading_problem, link_problems
from tests.factories.pages import make_picture

BODY = BodyBlock()


def cleaned(*blocks: tuple[str, object]):
    """The body after its check."""
    return BODY.clean(BODY.to_python([{"type": kind, "value": value} for kind, value in blocks]))


def heading(level: str) -> tuple[str, dict]:
    """A heading of the body."""
    return "heading", {"level": level, "text": "Tiêu đề"}


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p><a href="https://a.example/">Cổng dịch vụ công</a></p>', []),
        ('<p><a id="3" linktype="page">Trang giới thiệu</a></p>', []),
        ("<p>Không có liên kết.</p>", []),
        ("", []),
        ('<a href="https://a.example/"></a>', ["không có chữ"]),
        ('<a href="https://a.example/"> <b> </b> </a>', ["không có chữ"]),
        ("<a>Mẫu đơn</a>", ["“Mẫu đơn” chưa có địa chỉ"]),
        ('<a href="https://a.example/">tại đây</a>', ["chưa nói dẫn tới đâu"]),
        ('<a href="https://a.example/"><b>Xem thêm…</b></a>', ["chưa nói dẫn tới đâu"]),
        ('<a href="https://a.example/">\n  TẠI   ĐÂY.\n</a>', ["chưa nói dẫn tới đâu"]),
        ('<a href="x">Ở đây</a> <a href="y"></a>', ["chưa nói dẫn tới đâu", "không có chữ"]),
    ],
)
def test_link_problems(html, said):
    problems = link_problems(html)
    assert len(problems) == len(said)
    assert all(part in problem for part, problem in zip(said, problems, strict=True))


@pytest.mark.parametrize(
    "html", ['<p><a href="https://a.example/">tại đây</a></p>', '<p><a href="/x"></a></p>']
)
def test_text_with_a_bad_link_is_refused(html):
    block = TextBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(html))


@pytest.mark.parametrize(
    ("levels", "place"),
    [
        ([], None), (["h2"], None), (["h2", "h3", "h3", "h2", "h3"], None), (["h3"], 0), (["h3", "h2"], 0),
    ],
)  # fmt: skip
def test_heading_problem(levels, place):
    problem = heading_problem(list(enumerate(levels)))
    assert (problem and problem[0]) == place


def test_heading_that_skips_a_level_is_refused_at_its_place():
    with pytest.raises(StreamBlockValidationError) as refused:
        cleaned(("paragraph", "<p>Đầu.</p>"), heading("h3"))
    assert list(refused.value.block_errors) == [1]


def test_headings_in_order_are_kept():
    assert [block.block_type for block in cleaned(heading("h2"), heading("h3"))] == ["heading"] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("alt", "decorative", "kept"),
    [("Lớp học", False, True), ("", True, True), ("", False, False)],
)
def test_picture_without_words_is_refused(alt, decorative, kept):
    image = {"image": make_picture().pk, "alt_text": alt, "decorative": decorative}
    picture = ("picture", {"image": image, "caption": ""})
    if kept:
        assert len(cleaned(picture)) == 1
    else:
        with pytest.raises(StreamBlockValidationError):
            cleaned(picture)


@pytest.mark.parametrize(
    "block",
    [
        ("steps", {"title": "", "items": []}),
        ("questions", {"items": []}),
        ("links", {"title": "", "items": []}),
        (
            "links",
            {"title": "", "items": [{"label": "Tên", "url": "javascript:alert(1)", "note": ""}]},
        ),
        ("quote", {"text": "", "who": ""}),
        ("callout", {"kind": "note", "title": "", "html": ""}),
        ("callout", {"kind": "khac", "title": "", "html": "<p>a</p>"}),
        ("heading", {"level": "h1", "text": "Tiêu đề"}),
        ("heading", {"level": "h2", "text": ""}),
        ("picture", {"image": {"image": None, "alt_text": "", "decorative": False}, "caption": ""}),
        ("file", {"document": None, "note": ""}),
        ("paragraph", ""),
    ],
)
def test_empty_or_broken_block_is_refused(block):
    with pytest.raises(StreamBlockValidationError):
        cleaned(block)


def test_empty_body_is_allowed():
    assert list(cleaned()) == []


def test_set_of_blocks_is_closed():
    assert list(BODY.child_blocks) == [
        "paragraph", "heading", "picture", "steps", "callout", "quote", "questions", "links", "file", "media",
    ]  # fmt: skip
