"""Where the library's own addresses elsewhere stand: items, paths, guides, licences."""

from collections.abc import Iterator
from itertools import groupby

from core.found_links import urls_in
from core.page_links import links_of, links_of_pages, links_of_records
from core.registry import FoundLink
from resources.models import GuidePage, LearningPathPage, LibraryItemPage, Licence, PathStep

ITEMS, PATHS, GUIDES, LICENCES = "hoc-lieu", "lo-trinh", "huong-dan", "giay-phep"


def item_links() -> Iterator[FoundLink]:
    """Of public items: the address itself, the source's, those in the body."""
    return links_of_pages(LibraryItemPage.objects.live(), "link", "source_url")


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


def licence_links() -> Iterator[FoundLink]:
    """The full text of each licence."""
    rows = Licence.objects.values_list("pk", "name", "url").order_by("pk")
    return links_of_records(rows, "wagtailsnippets_resources_licence:edit")
