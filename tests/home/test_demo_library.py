"""The demo's library: forty items of every kind, each whole, with files that open and words for the ear."""

import re
from collections import Counter

import pytest

from home.demo.library import load_library
from home.demo.reading import FOLDER, read
from resources.choices import ItemKind
from resources.models import (
    Audience,
    BankQuestion,
    Competence,
    CompetenceLevel,
    FileFacts,
    LibraryItemPage,
    ShelfCard,
    Topic,
)
from resources.rules import content_problem, licence_problem

LIBRARY = FOLDER / "library"
ITEMS = read("library")["item"]
# What units of the demo offer the library: made by them, not by the tool.
OFFERED = {row["file"] for row in read("contributions")["offer"]}
MOST_BYTES = {".pdf": 60_000, ".webp": 60_000, ".mp3": 150_000, ".mp4": 250 * 1024}
CUE = re.compile(r"00:(\d\d):(\d\d\.\d{3}) --> 00:(\d\d):(\d\d\.\d{3})\n(.+)\n")


def load_topics_and_library():
    """The topics first: items name them."""
    for row in read("topics")["topic"]:
        Topic.objects.create(slug=row["slug"], name=row["name"])
    load_library()


@pytest.fixture(scope="module")
def shelf(load_once):
    """The demo's items; loaded once for all that read them."""
    load_once(load_topics_and_library)


@pytest.fixture
def library(shelf, db):
    """The demo's items; what a test changes is undone."""


def test_forty_items_of_every_kind_and_topic():
    kinds = Counter(row["kind"] for row in ITEMS)
    assert len(ITEMS) > 40
    assert set(kinds) == set(ItemKind.values)
    assert (kinds["khoa-hoc"], kinds["bo-cau-hoi"]) == (6, 8)
    topics = {row["slug"] for row in read("topics")["topic"]}
    assert {slug for row in ITEMS for slug in row["topics"]} == topics
    assert len({row["slug"] for row in ITEMS}) == len({row["title"] for row in ITEMS}) == len(ITEMS)


def test_every_file_is_small_and_used():
    files = [path for path in LIBRARY.iterdir() if path.suffix in MOST_BYTES]
    assert [path.name for path in files if path.stat().st_size > MOST_BYTES[path.suffix]] == []
    told = {f"{row['file']}.pdf" for row in ITEMS if "file" in row}
    told |= {f"{name}.pdf" for row in ITEMS for name, _ in row.get("handouts", [])}
    told |= {f"{row['picture']}.webp" for row in ITEMS if "picture" in row}
    told |= {row[key] for row in ITEMS for key in ("media", "still") if key in row}
    told |= {f"{name}.pdf" for name in OFFERED}
    assert {path.name for path in files} == told


def test_every_sheet_has_its_source_and_every_source_its_sheet():
    sources = {path.stem for path in (LIBRARY / "source").glob("*.html")}
    slides = {piece["slides"] for piece in read("spoken")["piece"] if "slides" in piece}
    assert sources == ({path.stem for path in LIBRARY.glob("*.pdf")} - OFFERED) | slides


def test_captions_say_what_is_said_in_order():
    piece = next(piece for piece in read("spoken")["piece"] if piece["name"] == "ma-otp")
    video = next(row for row in ITEMS if row.get("captions") == "ma-otp.vtt")
    text = (LIBRARY / "ma-otp.vtt").read_text()
    cues = CUE.findall(text)
    assert text.startswith("WEBVTT\n\n")
    assert [cue[4] for cue in cues] == [line["text"] for line in piece["line"]]
    times = [60 * int(m) + float(s) for cue in cues for m, s in (cue[0:2], cue[2:4])]
    assert times == sorted(times)
    assert times[-1] < video["seconds"]


@pytest.mark.django_db
def test_items_are_whole_on_the_shelf_and_loaded_once(library):
    items = list(LibraryItemPage.objects.all())
    assert len(items) == ShelfCard.objects.count() == len(ITEMS)
    for item in items:
        item.full_clean()
        own = {"has_file": item.files.exists(), "has_media": item.media_id is not None}
        lacks = content_problem(
            item.kind,
            **own,
            has_link=bool(item.link),
            has_picture=item.picture_id is not None,
            has_text=bool(item.body),
            has_questions=item.questions.exists(),
        )
        assert lacks is None, item.slug
        may_copy = item.licence.may_copy
        assert licence_problem(has_own_copy=any(own.values()), may_copy=may_copy) is None, item.slug
    assert list(FileFacts.objects.exclude(problem="")) == []
    load_library()
    assert LibraryItemPage.objects.count() == len(ITEMS)


@pytest.mark.django_db
def test_names_of_the_items_are_those_of_the_framework(library):
    audiences = set(Audience.objects.values_list("name", flat=True))
    codes = set(Competence.objects.values_list("code", flat=True))
    levels = set(CompetenceLevel.objects.values_list("code", flat=True))
    for row in ITEMS:
        assert set(row["audiences"]) <= audiences, row["slug"]
        assert {code for code, _ in row.get("competences", [])} <= codes, row["slug"]
        assert {level for _, level in row.get("competences", [])} <= levels, row["slug"]


@pytest.mark.django_db
def test_video_and_sound_can_be_followed_by_everybody(client, library):
    video = LibraryItemPage.objects.get(kind=ItemKind.VIDEO)
    sound = LibraryItemPage.objects.get(kind=ItemKind.AUDIO)
    assert all(item.media.transcript.count("\n") > 5 for item in (video, sound))
    shown = client.get(video.url).content.decode()
    assert (
        f'<track kind="captions" srclang="vi" label="Tiếng Việt" src="{video.media.captions.url}"'
        in shown
    )
    assert "Đọc bản chép lời" in client.get(sound.url).content.decode()


@pytest.mark.django_db
def test_a_kit_shares_the_documents_of_the_items_it_hands_out(library):
    kit = LibraryItemPage.objects.get(slug="bo-hoc-lieu-cho-phien")
    slides = LibraryItemPage.objects.get(slug="thanh-toan-khong-tien-mat-cho-nguoi-moi")
    assert kit.files.count() == 3
    assert kit.files.first().document == slides.files.first().document


@pytest.mark.django_db
def test_banks_are_loaded_once(library):
    banks = LibraryItemPage.objects.filter(kind="bo-cau-hoi")
    assert [bank.questions.count() for bank in banks.order_by("slug")] == [11] * 6 + [12, 11]
    before = BankQuestion.objects.count()
    load_library()
    assert BankQuestion.objects.count() == before
    assert len(list(LIBRARY.glob("*.gift"))) == banks.count()
    assert all(bank.topics.exists() for bank in banks)
