"""A row of the catalogue as values, and as cells: what is written reads back as the same values. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from resources.catalogue.columns import ITEMS, KINDS
from resources.questions.sheet import shielded

KIND_WORDS = {value: label for label, value in KINDS.items()}
# What a spreadsheet's cell holds, less room for quotation marks.
LONGEST_CELL = 30_000


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a file has it. Lists hold words or codes as the site's own lists write them.

    `files` are names of documents, `media` of the video or sound, all within the ZIP archive. A transcript is
    its words, or in `transcript_file` the name of a file with them.
    """

    row: int
    title: str
    kind: str
    summary: str = ""
    audiences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    competences: tuple[tuple[str, str], ...] = ()
    language: str = ""
    minutes: int | None = None
    author: str = ""
    source: str = ""
    source_url: str = ""
    licence: str = ""
    year: int | None = None
    tags: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    media: str = ""
    link: str = ""
    captions: str = ""
    transcript: str = ""
    transcript_file: str = ""
    picture: str = ""
    picture_alt: str = ""
    picture_caption: str = ""


def joined(values: Sequence[str]) -> str:
    """Several values in one cell; one that holds the sign between them stands in quotation marks."""
    if not any(values):
        return ""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(values)
    return out.getvalue().replace(";", "; ") if ";" not in "".join(values) else out.getvalue()


def parted(text: str) -> list[str]:
    """The values of a cell as they were joined, or as people type them; empty ones keep their place."""
    if not text.strip():
        return []
    rows = csv.reader(io.StringIO(text), delimiter=";", skipinitialspace=True)
    return [" ".join(value.split()) for row in rows for value in row]


def cells_of(row: ItemRow) -> list[str]:
    """The cells in the order of the columns."""
    cells = {
        "kind": KIND_WORDS.get(row.kind, ""),
        "audiences": joined(row.audiences),
        "topics": joined(row.topics),
        "competences": joined([f"{code} {level}".strip() for code, level in row.competences]),
        "minutes": str(row.minutes or ""),
        "year": str(row.year or ""),
        "tags": joined(row.tags),
        "files": joined([*([row.media] if row.media else []), *row.files]),
        "labels": joined(row.labels),
        "transcript": row.transcript_file or row.transcript,
    }
    texts = [cells.get(column.name, getattr(row, column.name, "")) for column in ITEMS.columns]
    return [shielded(text) for text in texts]
