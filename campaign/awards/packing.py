"""A proposal, or a whole round, as one archive in order: made while it is sent, a file at a time.

Folders and files are numbered as they are read: the proposal, people, collectives. What can't be read is left
out, and the list of contents, which comes last, says so.
"""

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from threading import BoundedSemaphore
from typing import Any

from campaign.awards.deeds import Deed, deeds_of
from campaign.awards.models import AwardRound, Dossier, Nominee
from campaign.awards.papers import achievement_of, check_list_of, proposal_of, round_book_of
from campaign.awards.queries import Review
from files.names import SUMS, safe_name, sums_text
from files.zipping import ZipStream, chunks_of

logger = logging.getLogger(__name__)
INDEX = "00 Mục lục.txt"
WINDOWS_MARK = "\ufeff"
# An unpacked archive lies in folders of its own, and Windows takes some 260 letters of a whole way.
MOST_LETTERS = 48
# Making one takes a thread for minutes: the others stay free.
MOST_AT_ONCE = 2
slots = BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: made when its turn comes, or kept on the disk; a link is told alone."""

    name: str
    make: Callable[[], bytes] | None = None
    stored: Any = None
    link: str = ""


def named(title: str, ending: str, number: int) -> str:
    """A name that every stick takes, short enough to lie in folders."""
    return safe_name(title, ending, number, most=MOST_LETTERS, other="ho so")


def dossier_entries(
    dossier: Dossier, reviews: Sequence[Review], *, for_office: bool, inside: str = ""
) -> Iterator[Entry]:
    """The files of one proposal in their order; the check list only for the office."""
    yield Entry(f"{inside}{named('Tờ trình', 'docx', 1)}", make=lambda: proposal_of(dossier))
    for copy in dossier.signed_proposals.current():
        yield Entry(f"{inside}{named('Tờ trình, bản ký', _ending(copy.file), 1)}", stored=copy.file)
    deeds = deeds_of(dossier.round, [one.nominee for one in reviews])
    people = [one for one in reviews if one.nominee.is_individual]
    groups = [one for one in reviews if not one.nominee.is_individual]
    for number, title, mine in ((2, "Cá nhân", people), (3, "Tập thể", groups)):
        for place, review in enumerate(mine, start=1):
            folder = (
                f"{inside}{named(title, '', number)}/{named(review.nominee.full_name, '', place)}/"
            )
            yield from _nominee(review, deeds[review.nominee.pk], folder)
    if for_office:
        name = f"{inside}{named('Phiếu thẩm tra', 'docx', 4)}"
        yield Entry(name, make=lambda: check_list_of(dossier, reviews))


def _nominee(review: Review, deeds: list[Deed], folder: str) -> Iterator[Entry]:
    """The report, the slips, the consents, the evidence."""
    name = f"{folder}{named('Báo cáo thành tích', 'docx', 1)}"
    yield Entry(name, make=lambda: achievement_of(review, deeds))
    for number, (title, stored, link) in enumerate(_kept(review.nominee), start=2):
        ending = _ending(stored) if stored else ""
        yield Entry(f"{folder}{named(title, ending, number)}", stored=stored, link=link)


def _kept(row: Nominee) -> Iterator[tuple[str, Any, str]]:
    """(title, stored file, link) of what was handed in for a nominee."""
    for confirmed in row.confirmations.all():
        if confirmed.file:
            yield f"Giấy xác nhận, {confirmed.signatory}", confirmed.file, ""
    for consent in row.consents.all():
        if consent.file:
            yield f"Giấy đồng ý, {consent.given_by}", consent.file, ""
    for piece in row.pieces.all():
        yield piece.title or "Minh chứng", piece.file or None, piece.url


def _ending(stored: Any) -> str:
    return str(stored.name).rpartition(".")[2]


def round_entries(
    asked: AwardRound, reviews: Sequence[Review], *, with_codes: bool
) -> Iterator[Entry]:
    """The files of all proposals handed in, a folder for each, after the list of everybody."""
    name = named("Danh sách đề nghị", "xlsx", 0)
    yield Entry(name, make=lambda: round_book_of(asked, reviews, with_codes=with_codes))
    by_dossier = groupby(reviews, key=lambda one: one.nominee.dossier_id)
    for number, (_, held) in enumerate(by_dossier, start=1):
        mine = list(held)
        dossier = mine[0].nominee.dossier
        # The same round for all: what is known of it is read once.
        dossier.round = asked
        folder = f"{named(str(dossier.unit), '', number)}/"
        yield from dossier_entries(dossier, mine, for_office=True, inside=folder)


def packed(title: str, entries: Iterable[Entry], now: datetime) -> Generator[bytes]:
    """The bytes of the archive, with its list of contents and checksums at the end."""
    archive = ZipStream(now)
    absent: list[str] = []
    links: list[tuple[str, str]] = []
    for entry in entries:
        if entry.link:
            links.append((entry.name, entry.link))
        if entry.make:
            yield from _made(archive, entry, absent)
        elif entry.stored:
            yield from _read(archive, entry, absent)
    gone = set(absent)
    whole = [(name, digest) for name, digest in archive.sums if name not in gone]
    text = contents(title, whole, absent, links, now)
    yield from archive.add_text(INDEX, WINDOWS_MARK + text.replace("\n", "\r\n"))
    yield from archive.add_text(SUMS, sums_text([*whole, archive.sums[-1]]))
    yield from archive.end()


def _made(archive: ZipStream, entry: Entry, absent: list[str]) -> Iterator[bytes]:
    try:
        data = entry.make() if entry.make else b""
    except Exception:
        # Half an archive helps nobody: the rest goes on, the list of contents tells.
        logger.exception("Not made for an archive: %s", entry.name)
        absent.append(entry.name)
        return
    yield from archive.add(entry.name, [data], len(data))


def _read(archive: ZipStream, entry: Entry, absent: list[str]) -> Iterator[bytes]:
    try:
        size = entry.stored.size
        source = entry.stored.storage.open(entry.stored.name, "rb")
    except (OSError, ValueError):
        absent.append(entry.name)
        return
    with source:
        yield from archive.add(entry.name, _whole(source, size, entry.name, absent), size)


def _whole(source: Any, size: int, name: str, absent: list[str]) -> Iterator[bytes]:
    """The file's bytes; one that ends early or breaks off is told, and the archive stays sound."""
    came = 0
    try:
        for chunk in chunks_of(source, size):
            came += len(chunk)
            yield chunk
    except OSError:
        logger.warning("Broke off in an archive: %s", name)
    if came != size:
        absent.append(name)


def contents(
    title: str,
    files: Sequence[tuple[str, str]],
    absent: Sequence[str],
    links: Sequence[tuple[str, str]],
    now: datetime,
) -> str:
    """The list of contents: every file with its checksum, links, and what could not be put in."""
    told = [title.upper(), f"Xuất lúc {now:%H:%M ngày %d/%m/%Y}. Hồ sơ có dữ liệu cá nhân: giữ kín, không gửi "
            "qua nhóm chung.", "", f"TỆP TRONG GÓI ({len(files)})"]  # fmt: skip
    for number, (name, digest) in enumerate(files, start=1):
        told += [f"{number}. {name}", f"   SHA-256: {digest}"]
    if links:
        told += ["", f"ĐƯỜNG DẪN ({len(links)})"]
        told += [f"{number}. {name}: {url}" for number, (name, url) in enumerate(links, start=1)]
    if absent:
        told += ["", f"KHÔNG ĐƯA VÀO ĐƯỢC HOẶC KHÔNG ĐỦ ({len(absent)})",
                 "Tệp đã mất hoặc hỏng trên máy chủ; hãy báo thường trực phong trào."]  # fmt: skip
        told += [f"{number}. {name}" for number, name in enumerate(absent, start=1)]
    return "\n".join([*told, ""])
