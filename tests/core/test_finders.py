"""One style sheet out of many."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find

from core.finders import NAME, StyleFinder, joined_styles


def made(folder, **files: str):
    """A folder of style sheets."""
    (folder / "components").mkdir()
    for name in ("fonts", "tokens", "base", "layout"):
        (folder / f"{name}.css").write_text(f".{name} {{}}\n")
    for name, css in files.items():
        (folder / "components" / f"{name}.css").write_text(css)
    return folder


def test_styles_are_joined_in_a_fixed_order(tmp_path):
    css = joined_styles(made(tmp_path, b=".b {}\n", a=".a {}\n"))
    assert css == ".fonts {}\n.tokens {}\n.base {}\n.layout {}\n.a {}\n.b {}\n"


def test_joined_styles_drop_comments_and_indents(tmp_path):
    css = joined_styles(made(tmp_path, a="/* một\n hai */\n.a {\n    color: red;\n}\n"))
    assert css.endswith("\n.a {\ncolor: red;\n}\n")
    assert "/*" not in css


def test_joined_file_is_found_and_holds_every_part():
    css = Path(find(NAME)).read_text()
    parts = sorted((settings.ROOT / "static" / "css" / "components").glob("*.css"))
    assert css == joined_styles(settings.ROOT / "static" / "css")
    assert len(parts) > 5
    assert "@font-face" in css


def test_joined_file_is_collected():
    assert [name for name, _ in StyleFinder().list([])] == [NAME]


def test_finder_knows_nothing_else():
    assert StyleFinder().find("css/khac.css") == []
    assert StyleFinder().find("css/khac.css", find_all=True) == []


def test_joined_styles_call_no_other_host():
    css = joined_styles(settings.ROOT / "static" / "css")
    assert "http://" not in css
    assert "https://" not in css
    assert "@import" not in css
