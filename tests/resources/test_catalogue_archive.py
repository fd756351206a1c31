"""Archives that mean no good, and those made by the systems that people use."""

import io
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.catalogue import archive as module
from resources.catalogue.archive import (
    BadArchive,
    BadEntry,
    Budget,
    Names,
    look_into,
    name_key,
    opened,
    unpack,
)

PDF = b"%PDF-1.4 thu"
MB = 1024 * 1024


def packed(
    *files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED
) -> io.BytesIO:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out


def contents_of(*files):
    """What is seen in an archive of these files."""
    with opened(packed(*files)) as archive:
        return look_into(archive)


def renamed(data: bytes, old: bytes, new: bytes) -> io.BytesIO:
    """The archive with a name of the same length written over another, as only bytes can."""
    assert len(old) == len(new)
    return io.BytesIO(data.replace(old, new))


def info(name: str, **fields) -> zipfile.ZipInfo:
    """An entry with other marks."""
    entry = zipfile.ZipInfo(name)
    for key, value in fields.items():
        setattr(entry, key, value)
    return entry


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../ngoai.pdf", "../"),
        ("a/../../ngoai.pdf", "../"),
        ("/etc/passwd", "tuyệt đối"),
        ("C:/a.pdf", "tuyệt đối"),
        ("a\\b.pdf", "gạch chéo ngược"),
        ("..\\b.pdf", "gạch chéo ngược"),
        ("a\x07.pdf", "không in được"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(name, said):
    found = contents_of((name, PDF), ("tot.pdf", PDF))
    assert [entry.name for entry in found.entries] == ["tot.pdf"]
    ((named, why),) = found.faults
    assert named == name
    assert said in why


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind):
    found = contents_of((info("a.pdf", external_attr=(kind | 0o777) << 16), b"/etc/passwd"))
    assert found.entries == ()
    assert "không phải tệp thường" in found.faults[0][1]


def test_a_file_with_a_password_is_refused():
    data = packed(("a.pdf", PDF)).getvalue()
    # The flag in both places where the format has it.
    for sign, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.index(sign) + at
        data = data[:start] + b"\x01\x00" + data[start + 2 :]
    with opened(io.BytesIO(data)) as archive:
        assert "mật khẩu" in look_into(archive).faults[0][1]


def test_junk_of_systems_and_folders_are_no_files():
    found = contents_of(
        ("__MACOSX/._a.pdf", b"x"), (".DS_Store", b"x"), ("anh/Thumbs.db", b"x"), ("anh/", b""),
        ("anh/._b.pdf", b"x"), ("desktop.ini", b"x"), ("anh/b.pdf", PDF),
    )  # fmt: skip
    assert [entry.name for entry in found.entries] == ["anh/b.pdf"]
    assert found.faults == ()


NAME = "Sổ tay Đường phố.pdf"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_of_macos_and_of_others_come_out_composed(form):
    # With the mark of UTF-8, as Python and Windows 11 write it.
    found = contents_of((unicodedata.normalize(form, NAME), PDF))
    assert Names(found.entries).find(NAME).name == NAME
    # Without the mark, as the archive tool of macOS does.
    raw = unicodedata.normalize(form, NAME).encode()
    data = packed(("x" * len(raw), PDF)).getvalue()
    with opened(renamed(data, b"x" * len(raw), raw)) as archive:
        assert Names(look_into(archive).entries).find(NAME).name == NAME


def test_names_in_the_code_page_of_windows_are_found():
    raw = "".join(
        unicodedata.normalize("NFD", char) if char in "ổ" else char for char in "Sổ Đường phố.pdf"
    )
    written = unicodedata.normalize("NFC", raw)
    # cp1258 has letters with circumflex and horn, tones as marks of their own.
    parts = [unicodedata.normalize("NFD", char) for char in written]
    bytes_ = b"".join(_cp1258(part) for part in parts)
    data = packed(("x" * len(bytes_), PDF)).getvalue()
    with opened(renamed(data, b"x" * len(bytes_), bytes_)) as archive:
        assert Names(look_into(archive).entries).find("Sổ Đường phố.pdf").place == 0


def _cp1258(part: str) -> bytes:
    tones = "\u0300\u0309\u0303\u0301\u0323"
    tone = "".join(mark for mark in part if mark in tones)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in part if mark not in tones))
    return (letter + tone).encode("cp1258")


def test_two_files_of_one_name_are_refused():
    found = contents_of(("a.pdf", PDF), ("A.PDF", PDF))
    assert len(found.entries) == 1
    assert "cùng tên" in found.faults[0][1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("a.pdf", "có nhiều tệp tên này"),
        ("hai/a.pdf", None),
        ("HAI/A.pdf", None),
        ("hai\\a.pdf", None),
        ("b.pdf", None),
        ("so tay.pdf", "Có phải “sổ tay.pdf”?"),
        ("khac.docx", "không có trong tệp nén."),
    ],
)
def test_a_file_is_found_with_or_without_its_folder(asked, said):
    names = Names(
        contents_of(("một/a.pdf", PDF), ("hai/a.pdf", PDF), ("hai/b.pdf", PDF), ("sổ tay.pdf", PDF))
        .entries
    )  # fmt: skip
    if said is None:
        assert name_key(names.find(asked).name).endswith(name_key(asked).rpartition("\\")[2])
    else:
        with pytest.raises(BadEntry) as refused:
            names.find(asked)
        assert said in str(refused.value)


def taken(
    file: io.BytesIO, target: Path, *, most: int = 50 * MB, budget: Budget | None = None
) -> str:
    """The first file of the archive, unpacked."""
    with opened(file) as archive:
        entry = look_into(archive).entries[0]
        return unpack(archive, entry, target, most=most, budget=budget or Budget())


def test_a_file_comes_out_as_it_went_in(tmp_path):
    digest = taken(packed(("a.pdf", PDF), method=zipfile.ZIP_DEFLATED), tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == PDF
    assert len(digest) == 40


def test_a_bomb_is_stopped_while_it_swells(tmp_path):
    bomb = packed(("a.pdf", b"\0" * (30 * MB)), method=zipfile.ZIP_DEFLATED)
    with pytest.raises(BadArchive, match="phình ra"):
        taken(bomb, tmp_path / "a")
    assert (tmp_path / "a").stat().st_size < 3 * MB


def test_a_list_that_lies_about_sizes_helps_nobody(tmp_path):
    # Announced as ten bytes, in both places.
    data = packed(("a.pdf", b"\0" * (3 * MB)), method=zipfile.ZIP_DEFLATED).getvalue()
    data = data.replace(struct.pack("<L", 3 * MB), struct.pack("<L", 10))
    with pytest.raises((BadArchive, BadEntry)):
        taken(io.BytesIO(data), tmp_path / "a")
    assert (tmp_path / "a").stat().st_size <= 3 * MB


def test_too_large_a_file_and_too_much_in_all_are_refused(tmp_path):
    file = packed(("a.pdf", bytes(range(256)) * 8192))
    with pytest.raises(BadEntry, match="nặng hơn mức cho phép 1 MB"):
        taken(file, tmp_path / "a", most=MB)
    with pytest.raises(BadArchive, match="phình ra"):
        taken(file, tmp_path / "a", budget=Budget(left=MB))


def test_a_torn_file_is_told(tmp_path):
    data = packed(("a.pdf", PDF)).getvalue()
    with pytest.raises(BadEntry, match="đã hỏng"):
        taken(io.BytesIO(data.replace(b"1.4 thu", b"1.4 thx", 1)), tmp_path / "a")


def test_too_many_files_are_refused_before_their_list_fills_the_memory(monkeypatch):
    file = packed(*((f"{n}.pdf", b"") for n in range(50)))
    monkeypatch.setattr(module, "MOST_ENTRIES", 49)
    with opened(file) as archive, pytest.raises(BadArchive, match="50 tệp, nhiều nhất 49"):
        look_into(archive)
    monkeypatch.setattr(module, "LARGEST_LIST", 1000)
    with pytest.raises(BadArchive, match="quá nhiều tệp"):
        opened(file)


@pytest.mark.parametrize(
    "data", [b"", b"khong phai zip", b"PK\x03\x04" + b"\0" * 40, b"Rar!\x1a\x07"]
)
def test_what_is_no_archive_is_refused_in_words(data):
    with pytest.raises(BadArchive, match="không phải là"):
        opened(io.BytesIO(data))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_never_fails_but_with_words(at, noise):
    data = packed(("một/a.pdf", PDF * 20), ("b.txt", b"x"), method=zipfile.ZIP_DEFLATED).getvalue()
    start = at % len(data)
    damaged = data[:start] + noise + data[start + len(noise) :]
    told: list[str] = []
    try:
        with opened(io.BytesIO(damaged)) as archive:
            for entry in look_into(archive).entries:
                told.append(unpack(archive, entry, Path("/dev/null"), most=MB, budget=Budget()))
    except (BadArchive, BadEntry) as refused:
        told.append(str(refused))
    assert all(told)
