"""Stored bodies are rewritten on the raw JSON, the same on both engines."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from campaign.news.models import ArticlePage
from core.raw_body import rewrite_bodies
from tests.factories.pages import make_article, make_section

pytestmark = pytest.mark.django_db

TABLE = ArticlePage._meta.db_table


def bodies() -> dict[str, list]:
    """Each article's stored body, without the blocks' ids."""
    return {
        article.title: [(block["type"], block["value"]) for block in article.body.raw_data]
        for article in ArticlePage.objects.all()
    }


@pytest.fixture
def articles(home):
    """Two articles."""
    section = make_section()
    make_article(section, "Một", text="Chữ cũ và “dấu”.")
    make_article(section, "Hai", text="Chữ khác.")


def replaced(body: list) -> list:
    """`body` with old words renewed."""
    return [{**block, "value": block["value"].replace("Chữ cũ", "Chữ mới")} for block in body]


def rewritten(change) -> int:
    """How many bodies `change` changed."""
    with connection.schema_editor() if connection.vendor == "postgresql" else Editor() as editor:
        return rewrite_bodies(editor, TABLE, change)


class Editor:
    """What a migration hands over; SQLite's own editor refuses to open inside a transaction."""

    def __enter__(self):
        self.connection = connection
        return self

    def __exit__(self, *args):
        return None


def test_rewriting_changes_what_it_should_and_leaves_the_rest(articles):
    assert rewritten(replaced) == 1
    assert bodies() == {
        "Một": [("paragraph", "<p>Chữ mới và “dấu”.</p>")],
        "Hai": [("paragraph", "<p>Chữ khác.</p>")],
    }


def test_rewriting_again_changes_nothing(articles):
    rewritten(replaced)
    assert rewritten(replaced) == 0


def test_rewriting_can_rename_a_block(articles):
    rewritten(lambda body: [{**block, "type": "loại cũ"} for block in body])
    rewritten(lambda body: [{**block, "type": "paragraph"} for block in body])
    assert bodies()["Hai"] == [("paragraph", "<p>Chữ khác.</p>")]


def test_rewriting_bears_an_empty_body(home):
    article = make_article(make_section(), "Trống")
    article.body = []
    article.save()
    assert rewritten(replaced) == 0
    assert rewritten(lambda body: [*body, {"type": "paragraph", "value": "<p>Có</p>"}]) == 1
    assert bodies() == {"Trống": [("paragraph", "<p>Có</p>")]}


def test_rewriting_keeps_the_page_readable(client, articles):
    rewritten(replaced)
    assert "Chữ mới và “dấu”." in client.get("/tin-tuc/hoat-dong/mot/").content.decode()


def test_rewriting_works_where_saving_a_historical_model_would_empty_the_body(articles):
    def of_old(body: list) -> list:
        return [{**block, "type": "khối cũ"} for block in body]

    def of_today(body: list) -> list:
        return [{**block, "type": "paragraph"} for block in body]

    rewritten(of_old)
    history = MigrationLoader(connection).project_state().apps.get_model("news", "ArticlePage")
    history.objects.get(title="Hai").save()
    rewritten(of_today)
    assert bodies() == {"Một": [("paragraph", "<p>Chữ cũ và “dấu”.</p>")], "Hai": []}
