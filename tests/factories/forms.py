"""Fills the admin's forms as a browser would."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def article_form(
    title: str = "Bài mới", *, text: str = "Thân bài.", **fields: Any
) -> dict[str, Any]:
    """What the editor of an article posts."""
    data = {
        "title": title,
        "summary": "Tóm tắt.",
        "picture": "",
        "picture_alt": "",
        "picture_caption": "",
        "glyph": "A",
        "colour": "teal",
        "body": streamfield([("paragraph", rich_text(f"<p>{text}</p>"))]),
        "published_on": "20/11/2026",
        "author": "",
        "source": "",
        "source_url": "",
        "tags": "",
        "slug": "bai-moi",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data(data | fields)
