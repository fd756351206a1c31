"""The body's field keeps its blocks out of migrations."""

import pytest

from campaign.news.models import ArticlePage
from core.blocks import BodyBlock
from core.fields import BodyField
from tests.test_house import ROOT


def test_deconstructed_field_names_no_block():
    field = ArticlePage._meta.get_field("body")
    name, path, args, kwargs = field.deconstruct()
    assert (name, path, args) == ("body", "core.fields.BodyField", [])
    assert set(kwargs) <= {"blank", "verbose_name"}


def test_rebuilt_field_has_all_blocks():
    _, _, args, kwargs = ArticlePage._meta.get_field("body").deconstruct()
    rebuilt = BodyField(*args, **kwargs)
    assert list(rebuilt.stream_block.child_blocks) == list(BodyBlock().child_blocks)


MIGRATIONS = [
    path for path in ROOT.rglob("migrations/0*.py") if not {".venv", "var"} & set(path.parts)
]


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_migrations_name_no_block(path):
    text = path.read_text()
    for forbidden in (
        "core.blocks",
        "wagtail.blocks",
        "block_lookup",
        "StreamField",
        "RichTextBlock",
    ):
        assert forbidden not in text
