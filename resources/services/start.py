"""The library's first start: the framework's data and the page. Each list is filled once, then left alone."""

import tomllib
from pathlib import Path
from typing import Any

from wagtail.models import Locale, Page

from resources.models import (
    Audience,
    Competence,
    CompetenceDomain,
    CompetenceLevel,
    Language,
    LibraryIndexPage,
    Licence,
)

DATA = Path(__file__).resolve().parent.parent / "framework.toml"
STEPS_OF_A_STAGE = 2


def ensure_framework() -> None:
    """Competences, levels, audiences, languages, licences; a list that has rows keeps them as they are."""
    data = tomllib.loads(DATA.read_text())
    _competences(data["domain"])
    _statements(data["domain"])
    _levels(data["stage"])
    _rows(
        Audience,
        [
            {"name": name, "side": side, "order": place}
            for side, names, place in _placed(data["audience"])
            for name, place in zip(names, range(place, 1000, 10), strict=False)
        ],
    )
    for model, key in ((Language, "language"), (Licence, "licence")):
        _rows(model, [row | {"order": n * 10} for n, row in enumerate(data[key], start=1)])


def _placed(sides: dict[str, list[str]]) -> list[tuple[str, list[str], int]]:
    """Each side with its names and where its numbers begin."""
    return [(side, names, n * 300) for n, (side, names) in enumerate(sides.items())]


def _rows(model: Any, rows: list[dict[str, Any]]) -> None:
    if model.objects.exists():
        return
    for row in rows:
        record = model(**row)
        record.full_clean()
        record.save()


def _competences(domains: list[dict[str, Any]]) -> None:
    if CompetenceDomain.objects.exists():
        return
    for row in domains:
        domain = CompetenceDomain.objects.create(number=row["number"], name=row["name"])
        for place, name in enumerate(row["components"], start=1):
            part = Competence(domain=domain, code=f"{domain.number}.{place}", name=name)
            part.full_clean()
            part.save()


def _statements(domains: list[dict[str, Any]]) -> None:
    """What surveys ask, on a site whose framework is older than they are too."""
    if Competence.objects.exclude(statement="").exists():
        return
    for row in domains:
        for place, statement in enumerate(row["statements"], start=1):
            code = f"{row['number']}.{place}"
            Competence.objects.filter(code=code).update(statement=statement)


def _levels(stages: list[dict[str, str]]) -> None:
    steps = [(stage, number) for stage in stages for number in range(1, STEPS_OF_A_STAGE + 1)]
    _rows(
        CompetenceLevel,
        [
            {"code": f"{stage['code']}{number}", "stage": stage["name"], "step": step}
            for step, (stage, number) in enumerate(steps, start=1)
        ],
    )


def ensure_library(home: Page) -> LibraryIndexPage:
    """The framework's data, and `/thu-vien/` below the front page."""
    ensure_framework()
    known = LibraryIndexPage.objects.first()
    if known:
        return known
    # Read anew: adding other children has moved the counter that the tree keeps in it.
    parent = Page.objects.get(pk=home.pk)
    return parent.add_child(  # type: ignore[no-any-return]
        instance=LibraryIndexPage(
            title="Thư viện",
            slug="thu-vien",
            locale=Locale.objects.get(language_code="vi"),
            show_in_menus=True,
            summary="Tài liệu, video, bài trình chiếu, bộ câu hỏi về kỹ năng số: "
            "xem tại chỗ, tải về, in ra, dùng miễn phí.",
        )
    )
