"""Uploads by an editor through the staff area: what is not what its name says is refused, with a reason."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import SiteDocument, SiteImage
from tests.factories.pages import picture_bytes

pytestmark = pytest.mark.django_db

EXE = b"MZ\x90\x00\x03" + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
PDF = b"%PDF-1.4\n%thu\n" + b"x" * 100


@pytest.fixture
def editor(sign_in):
    """A signed-in editor."""
    return sign_in("editor")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def zipped(name: str = "word/document.xml") -> bytes:
    """A small zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of a few hundred bytes that says it is `width` × `height`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def upload(client, kind: str, name: str, content: bytes):
    """The answer to the form of a new picture (`images`) or file (`docs`)."""
    data = {"title": "Tên đã gõ", "file": SimpleUploadedFile(name, content), "tags": ""}
    if kind == "images":
        data |= dict.fromkeys(
            ["focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"], ""
        )
    return client.post(reverse(f"wagtail{kind}:add"), data)


def refusal(response) -> str:
    """What is said at the file field; the title typed must still be there."""
    assert response.status_code == 200
    assert 'value="Tên đã gõ"' in response.content.decode()
    form = response.context["form"]
    assert list(form.errors) == ["file"]
    return " ".join(form.errors["file"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.jpg", EXE),
        ("anh.png", EXE),
        ("anh.jpg", b"\x7fELF" + b"\x00" * 100),
        ("anh.jpg", SVG),
        ("anh.svg", SVG),
        ("anh.png", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("anh.exe", EXE),
        ("anh.jpg.exe", picture_bytes((20, 20))),
        ("anh.pdf", PDF),
        ("anh", picture_bytes((20, 20))),
        ("anh.jpg", b""),
        ("anh.png", b"\x89PNG\r\n\x1a\n"),
        ("anh.jpg", picture_bytes()[:2000]),
        ("anh.webp", picture_bytes((60, 40), "WEBP")[:30]),
        ("anh.png", picture_bytes((60, 40), "PNG")[:60]),
        ("anh.png", bomb()),
        ("anh.png", bomb(60_001, 1_000)),
    ],
    ids=range(17),
)
def test_picture_that_is_none_is_refused(editor, own_media, name, content):
    said = refusal(upload(editor, "images", name, content))
    assert said
    assert not said.isascii()
    assert list(SiteImage.objects.all()) == []
    assert [path for path in own_media.rglob("*") if path.is_file()] == []


def test_picture_over_size_is_refused(editor, monkeypatch):
    from wagtail.images.fields import WagtailImageField

    kept = WagtailImageField.__init__

    def small(self, *args, **kwargs):
        kept(self, *args, **kwargs)
        self.max_upload_size = 500

    monkeypatch.setattr(WagtailImageField, "__init__", small)
    said = refusal(upload(editor, "images", "anh.jpg", picture_bytes()))
    assert not said.isascii()
    assert list(SiteImage.objects.all()) == []


@pytest.mark.parametrize(
    ("name", "kind"), [("anh.jpg", "JPEG"), ("anh.png", "PNG"), ("anh.webp", "WEBP")]
)
def test_picture_is_kept(editor, name, kind):
    response = upload(editor, "images", name, picture_bytes((40, 30), kind))
    assert response.status_code == 302
    picture = SiteImage.objects.get()
    assert (picture.title, picture.width, picture.height) == ("Tên đã gõ", 40, 30)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ke-hoach.pdf", EXE),
        ("ke-hoach.docx", EXE),
        ("ke-hoach.pdf", picture_bytes((20, 20))),
        ("ke-hoach.docx", PDF),
        ("ke-hoach.doc", zipped()),
        ("ke-hoach.txt", EXE),
        ("ke-hoach.txt", b"<script>alert(1)</script>"),
        ("ke-hoach.csv", b"a,b\x00c"),
        ("ke-hoach.pdf", b"<html><script>alert(1)</script>"),
        ("ke-hoach.exe", EXE),
        ("ke-hoach.html", b"<html></html>"),
        ("ke-hoach.svg", SVG),
        ("ke-hoach.pdf", b""),
        ("ke-hoach", PDF),
    ],
)
def test_document_that_is_not_what_it_says_is_refused(editor, own_media, name, content):
    said = refusal(upload(editor, "docs", name, content))
    assert said
    assert not said.isascii()
    assert list(SiteDocument.objects.all()) == []
    assert [path for path in own_media.rglob("*") if path.is_file()] == []


def test_document_over_size_is_refused_with_both_sizes(editor, settings):
    settings.DOCUMENT_MAX_UPLOAD_SIZE = 50
    said = refusal(upload(editor, "docs", "ke-hoach.pdf", PDF))
    assert "vượt mức cho phép" in said
    assert list(SiteDocument.objects.all()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("ke-hoach.pdf", PDF), ("ke-hoach.docx", zipped()), ("a.zip", zipped("a.txt")), ("a.txt", "Chữ".encode()),
     ("KE-HOACH.PDF", PDF), ("a.csv", b"a,b\n1,2\n"), ("a.doc", OLE)],
)  # fmt: skip
def test_document_is_kept_and_given_out(client, editor, name, content):
    assert upload(editor, "docs", name, content).status_code == 302
    document = SiteDocument.objects.get()
    assert document.title == "Tên đã gõ"
    client.logout()
    response = client.get(document.url)
    assert response.status_code == 200
    assert b"".join(response) == content


def test_several_pictures_at_once_are_checked_too(editor, own_media):
    response = editor.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x", "files[]": SimpleUploadedFile("anh.jpg", EXE)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["success"] is False
    assert list(SiteImage.objects.all()) == []


def test_several_documents_at_once_are_checked_too(editor, own_media):
    response = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "x", "files[]": SimpleUploadedFile("ke-hoach.pdf", EXE)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["success"] is False
    assert list(SiteDocument.objects.all()) == []
