"""The values of the library's filters, as addresses name them; kept until one of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from core.cache import remember
from resources.choices import AudienceSide, ItemKind
from resources.models import (
    Audience,
    Competence,
    CompetenceDomain,
    CompetenceLevel,
    Language,
    Licence,
    Topic,
)
from resources.rules import EARLIEST_YEAR


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a filter: how cards hold it, its words, and the heading it stands under."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Terms(Mapping[str, Mapping[str, Term]]):
    """Filter key → value in the address → term; and the codes of languages by number."""

    filters: dict[str, dict[str, Term]]
    codes: dict[int | None, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Mapping[str, Term]:
        return self.filters[key]

    def __iter__(self) -> Any:
        return iter(self.filters)

    def __len__(self) -> int:
        return len(self.filters)


def library_terms() -> Terms:
    """All filters with their values in order."""
    kept: Terms = remember("library-terms", _read_terms)
    return kept


def _read_terms() -> Terms:
    sides = dict(AudienceSide.choices)
    languages = list(Language.objects.all())
    parts = Competence.objects.select_related("domain")
    this_year = timezone.localdate().year
    filters = {
        "loai": {value: Term(value, str(label)) for value, label in ItemKind.choices},
        "doi-tuong": {
            row.slug: Term(str(row.pk), row.name, str(sides[row.side]))
            for row in Audience.objects.all()
        },
        "chu-de": {row.slug: Term(str(row.pk), row.name) for row in Topic.objects.all()},
        "mien": {
            str(row.number): Term(str(row.pk), str(row)) for row in CompetenceDomain.objects.all()
        },
        "nang-luc": {row.code: Term(str(row.pk), str(row), row.domain.name) for row in parts},
        "trinh-do": {
            row.code.lower(): Term(str(row.pk), str(row)) for row in CompetenceLevel.objects.all()
        },
        "ngon-ngu": {row.code: Term(str(row.pk), row.name) for row in languages},
        "giay-phep": {row.slug: Term(str(row.pk), row.name) for row in Licence.objects.all()},
        "nam": {
            str(year): Term(str(year), str(year))
            for year in range(this_year, EARLIEST_YEAR - 1, -1)
        },
    }
    return Terms(filters, {row.pk: row.code for row in languages})
