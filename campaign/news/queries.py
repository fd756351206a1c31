"""Reads of news that more than one caller uses."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from campaign.news.models import ArticlePage, ArticleQuerySet, SectionPage
from core.cache import remember
from core.models import Keyword
from core.templatetags.site_tags import absolute


def section_links() -> list[dict[str, str]]:
    """The sections in the order editors gave them, for the row of filters."""
    return remember(
        "news-section-links",
        lambda: list(SectionPage.objects.live().order_by("path").values("title", "slug")),
    )


def section_titles() -> dict[str, tuple[str, str]]:
    """Title and address part of each section, by its place in the tree."""
    return remember(
        "news-sections",
        lambda: {p: (t, s) for p, t, s in SectionPage.objects.values_list("path", "title", "slug")},
    )


def with_sections(articles: Iterable[ArticlePage]) -> list[ArticlePage]:
    """The articles, each knowing its section's title without a query of its own."""
    titles = section_titles()
    listed = list(articles)
    for article in listed:
        title, slug = titles.get(article.path[: -article.steplen], ("", ""))
        article.section_title, article.section_slug = title, slug
    return listed


def newest_articles(count: int) -> list[ArticlePage]:
    """The `count` newest public articles, pinned ones first."""
    pinned_first = ArticlePage.objects.newest().order_by("-is_pinned", "-published_on", "-pk")
    return with_sections(pinned_first[:count])


def related_articles(
    article: ArticlePage, keywords: Sequence[Keyword], *, count: int = 3
) -> list[ArticlePage]:
    """Articles that share keywords, most first; then those of the same section; newest first."""
    section = article.path[: -article.steplen]
    related: ArticleQuerySet = (
        ArticlePage.objects.newest()
        .exclude(pk=article.pk)
        .annotate(
            shared=Count("keyword_links", filter=Q(keyword_links__tag__in=keywords), distinct=True)
        )
        .filter(Q(shared__gt=0) | Q(path__startswith=section))
        .order_by("-shared", "-published_on", "-pk")
    )
    return with_sections(related[:count])


def share_text(article: ArticlePage) -> str:
    """A ready message for a class's Zalo group: title, summary, address."""
    lines = [article.title, article.description, f"Đọc bài: {absolute(article.url or '')}"]
    return "\n".join(line for line in lines if line)
