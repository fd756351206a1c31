"""Pages set as PDF: our own letters, what was given, and nothing else."""

import pypdfium2
import pytest
from PIL import ImageFile

from office.pages import pdf_of

STYLES = ["css/print/fonts.css"]


@pytest.fixture
def template(settings, tmp_path):
    """A function that writes a template and gives its name."""
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]

    def written(body: str) -> str:
        (tmp_path / "to-in.html").write_text(body, encoding="utf-8")
        return "to-in.html"

    return written


def test_words_and_a_drawing(template):
    name = template(
        '<html><body><p>Ngày hội {{ year }}: Ế Ộ Ữ</p><img src="tranh:o"></body></html>'
    )
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    page = pypdfium2.PdfDocument(pdf_of(name, {"year": 2026}, styles=STYLES, pictures={"o": svg}))[
        0
    ]
    assert "Ngày hội 2026: Ế Ộ Ữ" in page.get_textpage().get_text_range()


def test_nothing_else_is_fetched(template, tmp_path):
    secret = tmp_path / "mat.css"
    secret.write_text("body::after { content: 'LỘ' }", encoding="utf-8")
    name = template(
        f'<html><head><link rel="stylesheet" href="file://{secret}"></head><body>Chữ</body></html>'
    )
    page = pypdfium2.PdfDocument(pdf_of(name, {}, styles=STYLES))[0]
    assert page.get_textpage().get_text_range() == "Chữ"


def test_broken_pictures_are_refused_afterwards_as_before(template):
    pdf_of(template("<p>Chữ</p>"), {}, styles=STYLES)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
