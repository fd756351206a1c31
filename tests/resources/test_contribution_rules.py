"""What keeps material from being handed in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.choices import FileSort, ItemKind
from resources.contribution_rules import SORTS, Offer, held_sorts, problems, sort_of

WHOLE = Offer(
    kind="tai-lieu", title="Sổ tay", summary="Dạy.", extension="pdf", has_language=True, audiences=1,
    topics=1, has_licence=True, rights="own",
)  # fmt: skip


def test_whole_offer_may_go():
    assert problems(WHOLE) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": ""}, "kind"),
        ({"kind": "phim"}, "kind"),
        ({"summary": ""}, "summary"),
        ({"has_language": False}, "language"),
        ({"audiences": 0}, "audiences"),
        ({"topics": 0}, "topics"),
        ({"rights": ""}, "rights"),
        ({"has_licence": False}, "licence"),
        ({"extension": ""}, "file"),
        ({"link": "https://a.vn"}, "link"),
        ({"extension": "", "link": "https://a.vn"}, "file"),
        ({"extension": "exe"}, "file"),
        ({"extension": "mp4"}, "file"),
        ({"rights": "allowed"}, "source"),
        ({"may_copy": False}, "licence"),
        ({"kind": "video", "extension": "mp3"}, "file"),
        ({"kind": "video", "extension": ""}, "file"),
        ({"kind": "am-thanh", "extension": "mp4"}, "file"),
        ({"kind": "khoa-hoc"}, "file"),
        ({"kind": "khoa-hoc", "extension": ""}, "link"),
        ({"kind": "infographic", "extension": "png"}, "alt"),
    ],
)
def test_one_fault_is_told_at_its_field(change, field):
    assert list(problems(replace(WHOLE, **change))) == [field]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "video", "extension": "mp4"},
        {"kind": "video", "extension": "", "link": "https://a.vn"},
        {"kind": "am-thanh", "extension": "mp3"},
        {"kind": "khoa-hoc", "extension": "", "link": "https://a.vn", "may_copy": False},
        {"kind": "infographic", "extension": "png", "alt": "Năm bước"},
        {"kind": "infographic", "extension": "pdf"},
        {"kind": "bo-cau-hoi", "extension": "docx"},
        {"kind": "bo-hoc-lieu-day", "extension": "zip"},
        {"rights": "allowed", "source": "Sở A"},
    ],
)
def test_each_kind_holds_what_it_promises(change):
    assert problems(replace(WHOLE, **change)) == {}


def test_an_empty_draft_says_all_that_is_missing():
    wanted = {
        "title", "kind", "summary", "language", "audiences", "topics", "rights", "licence", "file",
    }  # fmt: skip
    assert set(problems(Offer())) == wanted


def test_every_ending_has_one_store():
    endings = [end for ends in SORTS.values() for end in ends]
    assert len(endings) == len(set(endings))
    assert [sort_of(end.upper()) for end in ("pdf", "mp3", "png", "exe")] == [
        FileSort.DOCUMENT, FileSort.MEDIA, FileSort.PICTURE, None,
    ]  # fmt: skip


@given(
    st.sampled_from(ItemKind.values), st.sampled_from([e for ends in SORTS.values() for e in ends])
)
def test_a_file_is_taken_only_where_its_kind_holds_it(kind, extension):
    offer = replace(WHOLE, kind=kind, extension=extension, alt="Hình")
    if not problems(offer):
        assert sort_of(extension) in held_sorts(kind)


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_problems_never_fail(kind, extension, link):
    assert isinstance(problems(Offer(kind=kind, extension=extension, link=link)), dict)
