"""Where the library's own addresses elsewhere stand: items, paths, guides."""

from collections.abc import Iterator
from itertools import groupby

from core.found_links import urls_in
from core.page_links import CHUNK, links_of, links_of_pages
from core.registry import FoundLink
from resources.models import GuidePage, LearningPathPage, LibraryItemPage, PathStep

ITEMS, PATHS, GUIDES = "hoc-lieu", "lo-trinh", "huong-dan"


def item_links() -> Iterator[FoundLink]:
    """Of public items: the address itself, the source's, those in the body."""
    rows = LibraryItemPage.objects.live().order_by("pk")
    told = rows.values_list("pk", "title", "link", "source_url", "body")
    for pk, title, link, source_url, body in told.iterator(chunk_size=CHUNK):
        yield from links_of(pk, title, [link, source_url, *urls_in(body.raw_data)])


def path_links() -> Iterator[FoundLink]:
    """Of public paths: the courses elsewhere, and those in the body."""
    steps = PathStep.objects.filter(page__live=True).exclude(url="").order_by("page_id")
    by_path = {
        pk: [url for _, url in rows]
        for pk, rows in groupby(steps.values_list("page_id", "url"), key=lambda row: row[0])
    }
    for page in LearningPathPage.objects.live().order_by("pk"):
        urls = [*by_path.get(page.pk, []), *urls_in(page.body.raw_data)]
        yield from links_of(page.pk, page.title, urls)


def guide_links() -> Iterator[FoundLink]:
    """Of public guides."""
    return links_of_pages(GuidePage.objects.live())
