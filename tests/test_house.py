"""The house keeps its own rules."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template
from wagtail.models import get_page_models

from core.models import StandardPage
from tests.factories.library import make_file as make_library_file
from tests.factories.library import make_item, make_path
from tests.factories.pages import make_article, make_guide, make_section, make_topic
from tests.factories.questions import make_bank, single
from tests.factories.surveys import make_asked
from tests.factories.units import make_unit

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE = [
    path
    for folder in ("site", "home", "campaign", "resources", "tests", "tools", "locale")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.I
)
JSON_LD = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)
FOREIGN = re.compile(
    r"<(?:script|img|source|iframe|video|audio|embed|object)\b[^>]*\s(?:src|srcset|data)=[\"']?(?:https?:)?//"
    r"|<link\b[^>]*rel=[\"']?(?:stylesheet|preload|icon|preconnect|dns-prefetch)[^>]*href=[\"']?(?:https?:)?//"
    r"|<link\b[^>]*href=[\"']?(?:https?:)?//[^>]*rel=[\"']?(?:stylesheet|preload|icon|preconnect)",
    re.I,
)


def ran(*command: str, **env: str) -> subprocess.CompletedProcess:
    """A command run in the project's folder."""
    environment = {**os.environ, "PYTHONPATH": f"site{os.pathsep}.", **env}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def name_of(path: Path) -> str:
    """A path as the test's name."""
    return str(path.relative_to(ROOT))


def test_site_is_a_folder_and_no_package():
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles_and_carries_nothing_inline(path):
    assert get_template(str(path.relative_to(ROOT / "templates"))) is not None
    text = path.read_text()
    assert INLINE.findall(text) == []
    assert FOREIGN.findall(text) == []


def test_no_static_file_calls_another_host():
    calls = re.compile(
        r"@import|url\(\s*[\"']?(?:https?:)?//|\b(?:fetch|import)\(\s*[\"'](?:https?:)?//"
    )
    files = [path for kind in ("css", "js") for path in (ROOT / "static").rglob(f"*.{kind}")]
    assert len(files) > 10
    assert [name_of(path) for path in files if calls.search(path.read_text())] == []


@pytest.mark.parametrize("limit", [500])
def test_no_python_file_is_long(limit):
    # Drawing code is data in the shape of code.
    longer = [name_of(path) for path in CODE if len(path.read_text().splitlines()) > limit]
    assert [name for name in longer if name != "site/core/art.py"] == []


def test_no_module_is_a_drawer_for_anything():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [name_of(path) for path in CODE if path.name in drawers] == []


def test_every_module_says_what_it_is():
    silent = [
        name_of(path)
        for path in CODE
        if path.name != "__init__.py"
        and "migrations" not in path.parts
        and not re.match(r'(#!.*\n)?"""\S', path.read_text())
    ]
    assert silent == []


def test_journeys_wait_for_what_they_look_for():
    # A click returns when the next page begins to come: what is asked of it at once may not be there yet.
    at_once = re.compile(
        r"^\s*assert (?!all\(|\[).*\.(?:is_visible|is_hidden|is_checked|inner_text|text_content)\(\)",
        re.M,
    )
    files = [path for path in CODE if "journeys" in path.parts]
    assert len(files) > 10
    assert [
        (name_of(path), found) for path in files for found in at_once.findall(path.read_text())
    ] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned(name):
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-r ")]
    assert len(wanted) > 5
    assert [
        line for line in wanted if not re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+", line)
    ] == []


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_named_for_what_they_do():
    own = [path for path in CODE if path.parent.name == "migrations" and path.stem[0] == "0"]
    assert own != []
    assert [name_of(path) for path in own if "_auto_" in path.stem or "alter_" in path.stem] == []


def test_import_contracts_hold():
    contracts = ran(str(Path(sys.executable).parent / "lint-imports"))
    assert contracts.returncode == 0, contracts.stdout


def test_translations_are_compiled_and_sound():
    checked = ran(sys.executable, "locale/compile.py", "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


SOUND = {
    "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    "ALLOWED_HOSTS": "truong.example",
    "BASE_URL": "https://truong.example",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "ngan"),
        ("SECRET_KEY", "k" * 49),
        ("SECRET_KEY", "django-insecure-" + "k" * 60),
        ("ALLOWED_HOSTS", ""),
        ("BASE_URL", ""),
        ("BASE_URL", "http://truong.example"),
    ],
)
def test_production_refuses_to_start_and_names_what_is_wrong(name, value):
    started = ran(
        sys.executable, "-c", "import config.settings.production", **{**SOUND, name: value}
    )
    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert name in started.stderr.splitlines()[-1]


def test_production_starts_on_sound_values_and_shows_no_demo():
    started = ran(
        sys.executable, "-c",
        "from config.settings import production as p; print(p.DEBUG, p.DEMO_ALLOWED, p.SECURE_SSL_REDIRECT)",
        **SOUND,
    )  # fmt: skip
    assert started.stdout.split() == ["False", "False", "True"], started.stderr


def addresses(home) -> dict[str, str]:
    """An address of every page type of the project."""
    section = make_section()
    article = make_article(section, published_on=date(2026, 11, 1))
    guide = make_guide(make_topic())
    page = home.add_child(instance=StandardPage(title="Giới thiệu"))
    return {
        "HomePage": "/",
        "NewsIndexPage": "/tin-tuc/",
        "SectionPage": section.url,
        "ArticlePage": article.url,
        "GuideIndexPage": "/huong-dan/",
        "GuidePage": guide.url,
        "StandardPage": page.url,
        "LibraryIndexPage": "/thu-vien/",
        "LibraryItemPage": make_item(file=make_library_file()).url,
        "LearningPathPage": make_path(steps=[make_item()]).url,
    }


@pytest.mark.django_db
def test_every_page_type_renders_for_anybody_with_nothing_inline(client, home):
    pages = addresses(home)
    own = {model.__name__ for model in get_page_models() if model._meta.app_label != "wagtailcore"}
    assert set(pages) == own
    others = ["/tim-kiem/?q=bai", "/dang-nhap/", "/banner/", "/so-do-trang/", "/khong-co/", "/van-ban/",
              "/van-ban/bieu-mau/", "/cac-don-vi/", "/nen-tang/", "/lien-he/", "/hoi-dap/", "/quyen-rieng-tu/",
              "/quyen-rieng-tu/yeu-cau/"]  # fmt: skip
    others += [pages["ArticlePage"] + "in/", pages["LibraryItemPage"] + "in/"]
    bank = make_bank(single()).url
    others += [f"{bank}tu-kiem-tra/?de=mau1", f"{bank}tu-kiem-tra/in/"]
    others += [pages["LearningPathPage"] + "in/", "/thu-vien/lo-trinh/", "/thu-vien/tu-danh-gia/"]
    asked = make_asked(make_unit()).public_url
    others += [asked, f"{asked}in/"]
    for path in [*pages.values(), *others]:
        response = client.get(path)
        assert response.status_code == (404 if path == "/khong-co/" else 200), path
        content = JSON_LD.sub("", response.content.decode())
        assert INLINE.findall(content) == [], path
        assert FOREIGN.findall(content) == [], path
        assert content.count("<h1") == 1, path
        assert "{{" not in content, path
        assert "{%" not in content, path


def test_every_own_app_has_a_vietnamese_name():
    own = [
        c
        for c in apps.get_app_configs()
        if str(c.path).startswith(str(ROOT)) and ".venv" not in str(c.path)
    ]
    assert len(own) >= 6
    assert [c.label for c in own if str(c.verbose_name).lower() == c.label] == []
