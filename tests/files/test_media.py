"""Uploaded files by the site itself: whole, in parts, and never beside the folder."""

import pytest


@pytest.fixture
def sound(settings, tmp_path, client):
    """A file of a hundred bytes, and how it is asked for."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "am.mp3").write_bytes(bytes(range(100)))
    from files.media import media

    def ask(path="am.mp3", **headers):
        from django.test import RequestFactory

        request = RequestFactory().get("/media/x", headers=headers)
        return media(request, path, document_root=tmp_path)

    return ask


def content(answer):
    """All bytes of an answer."""
    return b"".join(answer.streaming_content)


def test_the_whole_says_that_parts_may_be_had(sound):
    answer = sound()
    assert (answer.status_code, answer["Accept-Ranges"], len(content(answer))) == (
        200,
        "bytes",
        100,
    )


def test_a_part_is_just_that(sound):
    answer = sound(range="bytes=10-19")
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 10-19/100")
    assert (answer["Content-Length"], content(answer)) == ("10", bytes(range(10, 20)))
    assert content(sound(range="bytes=-3")) == bytes([97, 98, 99])


def test_beyond_the_end_is_said(sound):
    answer = sound(range="bytes=100-")
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100")


def test_of_a_file_that_changed_the_whole_comes(sound):
    stale = sound(**{"range": "bytes=0-1", "if-range": "Mon, 01 Jan 2024 00:00:00 GMT"})
    assert (stale.status_code, len(content(stale))) == (200, 100)
    same = sound(**{"range": "bytes=0-1", "if-range": sound()["Last-Modified"]})
    assert same.status_code == 206


def test_nothing_beside_the_folder_is_handed_out(sound):
    from django.core.exceptions import SuspiciousFileOperation
    from django.http import Http404

    for path in ("../secret", "khong-co.mp3", ""):
        with pytest.raises((Http404, SuspiciousFileOperation)):
            sound(path, range="bytes=0-1")


def test_the_site_answers_players_in_parts(client, settings):
    folder = settings.MEDIA_ROOT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "doan.mp4").write_bytes(b"0123456789")
    answer = client.get(
        "/media/doan.mp4", headers={"range": "bytes=2-4", "accept-encoding": "gzip"}
    )
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"234")
    (folder / "doan.mp4").unlink()
