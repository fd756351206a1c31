"""What the first register held is carried over without losing a word."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("documents", "0001_initial")]
AFTER = [("documents", "0004_numbers_once_a_year_and_platform_banners")]


def migrate(target: list[tuple[str, str]]):
    """Bring the database to `target` and give its models."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.mark.django_db(transaction=True)
def test_first_register_is_carried_over_and_back():
    try:
        old = migrate(BEFORE)
        Old, File = (
            old.get_model("documents", "OfficialDocument"),
            old.get_model("core", "SiteDocument"),
        )
        file = File.objects.create(title="Tệp", file="documents/a.pdf")
        rows = [
            ("1/KH", "Kế hoạch", "Sở A", "internal", date(2026, 5, 1), file),
            ("01-kh", "Kế hoạch", "sở a", "internal", date(2026, 6, 1), None),
            ("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "public", None, None),
            ("2/CV", "Công Văn", "Sở A", "public", None, None),
            ("", "Đề án", "Sở A", "public", None, None),
        ]
        for number, kind, issuer, visibility, day, one in rows:
            Old.objects.create(
                number=number, kind=kind, issuer=issuer, visibility=visibility, issue_date=day, file=one,
                abstract="Trích yếu",
            )  # fmt: skip
        new = migrate(AFTER)
        made = new.get_model("documents", "OfficialDocument").objects.order_by("pk")
        assert [(d.number, d.number_key, d.kind, d.issue_year, d.visibility) for d in made] == [
            ("1/KH", "1kh", "ke-hoach", 2026, "internal"),
            ("", "", "ke-hoach", 2026, "internal"),
            ("57-NQ/TW", "57nqtw", "nghi-quyet", None, "internal"),
            ("2/CV", "2cv", "cong-van", None, "public"),
            ("", "", "khac", None, "public"),
        ]
        assert [d.abstract for d in made][1::3] == [
            "Trích yếu (số ghi trước đây: 01-kh)",
            "Trích yếu (Đề án)",
        ]
        assert [(d.issuer.name, d.issuer.is_party) for d in made[1:3]] == [
            ("Sở A", False),
            ("Bộ Chính trị", True),
        ]
        assert [f.file_id for f in new.get_model("documents", "DocumentFile").objects.all()] == [
            file.pk
        ]
        back = migrate(BEFORE).get_model("documents", "OfficialDocument").objects.order_by("pk")
        assert next((d.number, d.kind, d.issuer, d.file_id) for d in back) == (
            "1/KH", "Kế hoạch", "Sở A", file.pk,
        )  # fmt: skip
    finally:
        # Apps that build on documents went back with them: all of them come forward again.
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
