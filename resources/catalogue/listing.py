"""Items as rows of the catalogue, in a fixed number of queries however many there are.

A live item is told as it is stored; a draft, whose row may be older than its editors' last word, as its newest
revision has it. Both come in the shape of a revision's content: fields by name, relations by number.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from core.models import Keyword, SiteDocument, SiteImage, SiteMedia
from resources.catalogue.rows import LONGEST_CELL, ItemRow
from resources.models import (
    Audience,
    Competence,
    CompetenceLevel,
    ItemCompetence,
    ItemFile,
    ItemKeyword,
    Language,
    LibraryItemPage,
    Licence,
    Topic,
)
from resources.questions.rules import line, lines

TEXTS = ("title", "summary", "author", "source", "picture_alt", "picture_caption")
FIELDS = (*TEXTS, "kind", "minutes", "source_url", "year", "link")
KEYS = ("language", "licence", "media", "picture")
State = dict[str, Any]


def exported_items(numbers: Collection[int] | None = None) -> list[LibraryItemPage]:
    """All items, or these, by title."""
    items = LibraryItemPage.objects.defer_streamfields().order_by("title", "pk")
    if numbers is not None:
        items = items.filter(pk__in=numbers)
    return list(items.select_related("latest_revision"))


def states_of(items: Sequence[LibraryItemPage], *, newest: bool = False) -> list[State]:
    """What each item is; with `newest` a live one too as its newest draft has it."""
    drafts = {
        item.pk: item.latest_revision.content
        for item in items
        if item.latest_revision and (not item.live or (newest and item.has_unpublished_changes))
    }
    stored = [item for item in items if item.pk not in drafts]
    kept = _stored({item.pk for item in stored})
    for item in stored:
        kept[item.pk] |= {name: getattr(item, name) for name in FIELDS}
        kept[item.pk] |= {name: getattr(item, f"{name}_id") for name in KEYS}
    return [drafts.get(item.pk) or kept[item.pk] for item in items]


def _stored(numbers: set[int]) -> dict[int, State]:
    """The relations of stored items."""
    names = ("topics", "audiences", "competences", "files", "keyword_links")
    found: dict[int, State] = {pk: {name: [] for name in names} for pk in numbers}
    for name, column in (("topics", "topic"), ("audiences", "audience")):
        through: Any = getattr(LibraryItemPage, name).through
        rows = through.objects.order_by("pk").values_list("libraryitempage", column)
        for pk, value in rows:
            if pk in found:
                found[pk][name].append(value)
    related: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
        ("competences", ItemCompetence, "item", ("sort_order", "competence", "level")),
        ("files", ItemFile, "item", ("sort_order", "document", "label")),
        ("keyword_links", ItemKeyword, "content_object", ("tag",)),
    )
    for name, model, owner, columns in related:
        for row in model.objects.order_by("pk").values(owner, *columns):
            if row[owner] in found:
                found[row[owner]][name].append(row)
    return found


class _Lists:
    """What numbers stand for."""

    def __init__(self) -> None:
        self.audiences = dict(Audience.objects.values_list("pk", "name"))
        self.topics = dict(Topic.objects.values_list("pk", "name"))
        self.competences = dict(Competence.objects.values_list("pk", "code"))
        self.levels = dict(CompetenceLevel.objects.values_list("pk", "code"))
        self.languages = dict(Language.objects.values_list("pk", "name"))
        self.licences = dict(Licence.objects.values_list("pk", "name"))
        self.keywords = dict(Keyword.objects.values_list("pk", "name"))
        self.documents = dict(SiteDocument.objects.values_list("pk", "file"))
        self.pictures = dict(SiteImage.objects.values_list("pk", "file"))
        self.media = {media.pk: media for media in SiteMedia.objects.all()}


def rows_of(items: Sequence[LibraryItemPage]) -> Iterator[ItemRow]:
    """Items as rows, numbered as they would stand in a sheet."""
    lists = _Lists()
    for number, state in enumerate(states_of(items), start=2):
        yield _row(state, number, lists)


def _row(state: State, number: int, lists: _Lists) -> ItemRow:
    files = [one for one in _in_order(state["files"]) if one["document"] in lists.documents]
    labels = [line(one["label"]) for one in files]
    while labels and not labels[-1]:
        labels.pop()
    texts = {name: line(state[name] or "") for name in TEXTS}
    return ItemRow(
        row=number,
        kind=state["kind"],
        audiences=_named(state["audiences"], lists.audiences),
        topics=_named(state["topics"], lists.topics),
        competences=tuple(
            (lists.competences[one["competence"]], lists.levels.get(one["level"], ""))
            for one in _in_order(state["competences"])
            if one["competence"] in lists.competences
        ),
        language=lists.languages.get(state["language"], ""),
        minutes=state["minutes"],
        source_url=state["source_url"],
        licence=lists.licences.get(state["licence"], ""),
        year=state["year"],
        tags=tuple(sorted(map(line, _named(_tags(state), lists.keywords)))),
        files=tuple(_base(lists.documents[one["document"]]) for one in files),
        labels=tuple(labels),
        link=state["link"],
        picture=_base(lists.pictures.get(state["picture"], "")),
        **_media(lists.media.get(state["media"])),
        **texts,
    )


def _in_order(rows: Sequence[State]) -> list[State]:
    return sorted(rows, key=lambda row: row.get("sort_order") or 0)


def _tags(state: State) -> list[int]:
    return [row["tag"] for row in state["keyword_links"]]


def _named(numbers: Sequence[int], names: dict[int, str]) -> tuple[str, ...]:
    """The names in the order of the closed list; what was deleted since is left out."""
    wanted = set(numbers)
    return tuple(name for pk, name in names.items() if pk in wanted)


def _base(path: str) -> str:
    return PurePosixPath(path).name if path else ""


def _media(media: SiteMedia | None) -> dict[str, str]:
    """A video's or sound's files and transcript; one that no cell holds is named as a file."""
    if media is None:
        return {}
    words = lines(media.transcript)
    fits = len(words) <= LONGEST_CELL
    return {
        "media": media.filename,
        "captions": _base(media.captions.name or ""),
        "transcript": words if fits else "",
        "transcript_file": "" if fits else f"{PurePosixPath(media.filename).stem}.txt",
    }


def held_by(items: Sequence[LibraryItemPage]) -> dict[str, set[int]]:
    """What any of these items is sorted by, in its newest draft or as stored, by number."""
    held: dict[str, set[int]] = {name: set() for name in ("topics", "audiences", "competences")}
    held["keywords"] = set()
    for state in states_of(items, newest=True):
        held["topics"].update(state["topics"])
        held["audiences"].update(state["audiences"])
        held["competences"].update(one["competence"] for one in state["competences"])
        held["keywords"].update(_tags(state))
    return held
