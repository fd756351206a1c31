"""Addresses found in what editors write."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.found_links import LONGEST, asked_url, bare_pictures, urls_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["image", "alt_text", "decorative", "url", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://a.vn/b#c", "https://a.vn/b"),
        (" HTTPS://a.vn/b?c=1 ", "https://a.vn/b?c=1"),
        ("http://a.vn", "http://a.vn"),
        ("mailto:a@b.vn", ""),
        ("tel:123", ""),
        ("/thu-vien/", ""),
        ("ftp://a.vn/", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("https://a.vn/" + "x" * LONGEST, ""),
    ],
)
def test_asked_url(url, asked):
    assert asked_url(url) == asked


def test_urls_stand_in_rich_text_and_in_fields_of_their_own():
    body = [
        {
            "type": "paragraph",
            "value": '<p>Xem <a class="x" href="https://a.vn/?a=1&amp;b=2">đây</a></p>',
        },
        {"type": "links", "value": {"items": [{"type": "item", "value": {"url": "http://b.vn/"}}]}},
        {"type": "paragraph", "value": "<p><a linktype='page' id='3'>trong</a> https://chu.vn</p>"},
        {"type": "paragraph", "value": "https://a.vn là một trang"},
    ]
    assert list(urls_in(body)) == ["https://a.vn/?a=1&b=2", "http://b.vn/"]


def test_pictures_without_words_are_counted_but_ornament_is_not():
    def block(**image):
        return {"type": "picture", "value": {"image": {"image": 3, **image}, "caption": ""}}

    body = [
        block(alt_text="Lớp học", decorative=False), block(alt_text="", decorative=False),
        block(alt_text=" ", decorative=False), block(alt_text="", decorative=True),
    ]  # fmt: skip
    assert bare_pictures(body) == 2


@given(JSON)
def test_anything_stored_is_walked_without_failing(value):
    assert all(isinstance(url, str) for url in urls_in(value))
    assert bare_pictures(value) >= 0


@given(st.text(max_size=60))
@example(" #")
@example("a.vn/ #x")
def test_an_asked_url_is_asked_as_it_stands(text):
    once = asked_url("https://" + text)
    assert asked_url(once) == once
