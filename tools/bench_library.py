"""Measures the library's list with 10,000 items: filters, words, orders, pages, past the page cache.

Builds the items in the database that DATABASE_URL names, which must hold none, or in a throw-away SQLite file.
Prints median, 95th percentile and query counts of the pages with the engine; asserts nothing.
"""

import sys
import time
from datetime import timedelta
from urllib.parse import quote

from bench_units import begin, filled, measured

ITEMS, RUNS = 10_000, 40
BATCH = 1000
VERBS = ["Hướng dẫn", "Sổ tay", "Cẩm nang", "Các bước", "Hỏi đáp", "Tờ rơi", "Bài giảng"]
THINGS = [
    "tạo tài khoản VNeID", "nộp hồ sơ trực tuyến", "dùng VssID", "thanh toán không tiền mặt",
    "nhận biết lừa đảo", "đặt mật khẩu mạnh", "dùng trí tuệ nhân tạo", "họp trực tuyến",
    "tìm việc trên mạng",
]  # fmt: skip
WHOM = ["cho người cao tuổi", "cho học sinh", "cho tiểu thương", "cho nông dân", "cho giáo viên"]


def fill() -> None:
    """Ten thousand live items with all that the filters know."""
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Locale, Page

    from resources.choices import ItemKind
    from resources.models import (
        Audience,
        Competence,
        CompetenceLevel,
        ItemCompetence,
        Language,
        LibraryIndexPage,
        LibraryItemPage,
        Licence,
        ShelfCard,
        Topic,
    )
    from resources.services import shelf

    index = LibraryIndexPage.objects.get()
    kinds, locale, now = list(ItemKind.values), Locale.get_default(), timezone.now()
    audiences, topics = list(Audience.objects.all()), list(Topic.objects.all())
    parts, levels = list(Competence.objects.all()), list(CompetenceLevel.objects.all())
    languages, licences = list(Language.objects.all()), list(Licence.objects.filter(may_copy=True))
    items = []
    with transaction.atomic():
        for n in range(ITEMS):
            title = f"{VERBS[n % 7]} {THINGS[n // 7 % 9]} {WHOM[n // 63 % 5]}, số {n}"
            item = LibraryItemPage(
                title=title, draft_title=title, slug=f"do-{n}", live=True, locale=locale, depth=index.depth + 1,
                path=LibraryIndexPage._get_path(index.path, index.depth + 1, index.numchild + n + 1),
                url_path=f"{index.url_path}do-{n}/", first_published_at=now - timedelta(hours=n),
                last_published_at=now, kind=kinds[n % 8], language=languages[n % 7 % len(languages)],
                licence=licences[n % len(licences)], year=2020 + n % 7, minutes=5 + n % 40,
                author="Tổ thư viện", summary=f"Từng bước {THINGS[n // 7 % 9]}, có hình và ví dụ.",
                body=[("paragraph", f"<p>{THINGS[n % 9]} {WHOM[n % 5]}.</p>" * 20)],
            )  # fmt: skip
            item.content_type = item.cached_content_type
            items.append(item)
        shared = {f.name for f in Page._meta.local_concrete_fields}
        pages = Page.objects.bulk_create(
            [Page(**{f: getattr(i, f) for f in shared - {"id", "translation_key"}}) for i in items],
            BATCH,
        )
        for item, page in zip(items, pages, strict=True):
            item.pk = item.page_ptr_id = page.pk
            # The row of the item alone; its page stands already.
            item.save_base(raw=True, force_insert=True)
        Page.objects.filter(pk=index.pk).update(numchild=index.numchild + ITEMS)
        of_audience, of_topic = (
            LibraryItemPage.audiences.through,
            LibraryItemPage.topics.through,
        )
        of_audience.objects.bulk_create(
            [of_audience(libraryitempage_id=i.pk, audience=audiences[(n + k) % len(audiences)])
             for n, i in enumerate(items) for k in range(1 + n % 3)], BATCH)  # fmt: skip
        of_topic.objects.bulk_create(
            [of_topic(libraryitempage_id=i.pk, topic=topics[(n // 3 + k) % len(topics)])
             for n, i in enumerate(items) for k in range(min(1 + n % 2, len(topics)))], BATCH)  # fmt: skip
        ItemCompetence.objects.bulk_create(
            [ItemCompetence(item=i, competence=parts[(n + k) % len(parts)], level=levels[n % len(levels)],
                            sort_order=k)
             for n, i in enumerate(items) for k in range(1 + n % 2)], BATCH)  # fmt: skip
        ShelfCard.objects.bulk_create(
            [
                ShelfCard(item_id=item.pk, uses=n * 7919 % 5000, **shelf._card(item))
                for n, item in enumerate(
                    LibraryItemPage.objects.filter(slug__startswith="do-").order_by("path")
                )
            ],
            BATCH,
        )


def main() -> None:
    """Fill, then measure."""
    begin()
    from django.test import Client

    from resources.models import LibraryIndexPage, LibraryItemPage, ShelfCard

    if LibraryItemPage.objects.exists():
        sys.exit("This database has items already: give an empty one.")
    start = time.perf_counter()
    fill()
    filled(f"{ShelfCard.objects.count()} items", since=start)
    client = Client(raise_request_exception=True)
    # A session's cookie: the page is made anew each time.
    client.cookies["sessionid"] = "none"
    url = LibraryIndexPage.objects.get().get_url()
    pages = {
        "all, newest": "",
        "all, most used": "sap-xep=dung-nhieu",
        "all, by title": "sap-xep=ten",
        "page 300": "trang=300",
        "a kind": "loai=video",
        "three filters": "loai=video&loai=tai-lieu&ngon-ngu=vi&nam=2024&nam=2025",
        "words, no marks": f"q={quote('huong dan vneid')}",
        "words with marks, a filter, by title": f"q={quote('cẩm nang mật khẩu')}&loai=tai-lieu&sap-xep=ten",
        "nothing found": "q=xyzxyz",
    }
    for name, query in pages.items():
        measured(
            name, lambda query=query: client.get(f"{url}?{query}", HTTP_HOST="localhost"), runs=RUNS
        )


if __name__ == "__main__":
    main()
