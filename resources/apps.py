"""The digital-skills library."""

from typing import Any

from django.apps import AppConfig

PROGRESS_NOTE = (
    "Dấu “Đã học xong” ở các chương trình, bộ sưu tập của thư viện chỉ nằm trong trình duyệt trên máy của "
    "người học, không gửi về nhà trường. Xóa bằng nút “Xóa tiến độ” ở cuối lộ trình, hoặc xóa dữ liệu của "
    "trang trong trình duyệt. Đổi máy hoặc đổi trình duyệt thì không còn dấu cũ."
)


class ResourcesConfig(AppConfig):
    """Offers topics and new items to the front page, guides and items to the search and the counters."""

    name = "resources"
    verbose_name = "Học kỹ năng số"

    def ready(self) -> None:
        """Register what higher floors show; listen to what changes the catalogue."""
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, page_unpublished

        from core.models import SiteDocument
        from core.queries import open_to_all
        from core.registry import (
            Note,
            SearchKind,
            home_sections,
            privacy_notes,
            search_kinds,
            timers,
        )
        from counters.registry import Countable, countables
        from resources.choices import CHECK_NOTE, SURVEY_NOTE
        from resources.models import FileFacts, GuidePage, LearningPathPage, LibraryItemPage
        from resources.sections import learn_by_topic, newest_items

        countables.register(
            Countable("huong-dan", lambda: open_to_all(GuidePage.objects)), order=30
        )
        countables.register(
            Countable("hoc-lieu", lambda: open_to_all(LibraryItemPage.objects)), order=31
        )
        countables.register(
            Countable("lo-trinh", lambda: open_to_all(LearningPathPage.objects)), order=32
        )
        home_sections.register(learn_by_topic, order=40)
        home_sections.register(newest_items, order=45)
        search_kinds.register(
            SearchKind("huong-dan", "Hướng dẫn", lambda: open_to_all(GuidePage.objects)), order=5
        )
        search_kinds.register(
            SearchKind("hoc-lieu", "Học liệu", lambda: open_to_all(LibraryItemPage.objects)),
            order=6,
        )
        search_kinds.register(
            SearchKind("lo-trinh", "Lộ trình học", lambda: open_to_all(LearningPathPage.objects)),
            order=7,
        )
        privacy_notes.register(Note("tien-do-hoc", "Tiến độ học", PROGRESS_NOTE), order=21)
        privacy_notes.register(Note("tu-danh-gia", "Tự đánh giá kỹ năng số", SURVEY_NOTE), order=22)
        timers.register("count_uses", order=40)
        timers.register("check_links", order=90)
        timers.register("drop_imports", order=91)
        self._offer_links()
        privacy_notes.register(Note("tu-kiem-tra", "Tự kiểm tra", CHECK_NOTE), order=20)
        self._offer_surveys()
        page_published.connect(
            on_published, sender=LibraryItemPage, dispatch_uid="resources.contribution"
        )
        self._fill_desk()
        for signal in (page_published, page_unpublished):
            signal.connect(
                on_moved, sender=LibraryItemPage, dispatch_uid=f"resources.card.{id(signal)}"
            )
        post_save.connect(on_file_saved, sender=SiteDocument, dispatch_uid="resources.file")
        post_delete.connect(on_facts_gone, sender=FileFacts, dispatch_uid="resources.facts")

    @staticmethod
    def _offer_surveys() -> None:
        """Self-assessment: on the desk, and on the site map."""
        from core.registry import DeskItem, Link, desk_items, site_links
        from resources.survey_desk_views import may_see_surveys

        item = DeskItem("Tự đánh giá kỹ năng", "/don-vi/tu-danh-gia/", may_see_surveys)
        desk_items.register(item, order=14)
        site_links.register(Link("Tự đánh giá kỹ năng số", "/thu-vien/tu-danh-gia/"), order=46)

    @staticmethod
    def _offer_links() -> None:
        """Addresses elsewhere that are asked whether they still open."""
        from core.registry import LinkSource, checked_links
        from resources.link_sources import (
            GUIDES,
            ITEMS,
            LICENCES,
            PATHS,
            guide_links,
            item_links,
            licence_links,
            path_links,
        )

        checked_links.register(LinkSource(ITEMS, "Học liệu", item_links), order=10)
        checked_links.register(LinkSource(PATHS, "Lộ trình học", path_links), order=11)
        checked_links.register(LinkSource(GUIDES, "Hướng dẫn", guide_links), order=12)
        checked_links.register(LinkSource(LICENCES, "Giấy phép", licence_links), order=13)

    @staticmethod
    def _fill_desk() -> None:
        """What units offer: the desk's menu line, what waits for whom, how long it is kept."""
        from core.registry import DeskItem, desk_items, desk_tasks
        from privacy.registry import purposes
        from resources.contribution_tasks import may_see_contributions, waiting
        from resources.privacy import OFFERED

        offers = "/don-vi/hoc-lieu/"
        desk_items.register(DeskItem("Góp học liệu", offers, may_see_contributions), order=45)
        desk_tasks.register(waiting, order=45)
        purposes.register(OFFERED, order=55)


def on_published(sender: type, instance: Any, **kwargs: Any) -> None:
    """A unit hears that its material is public."""
    from django.utils import timezone

    from resources.services import tell_published

    tell_published(instance, now=timezone.now())


def on_moved(sender: type, instance: Any, **kwargs: Any) -> None:
    """A page taken back by its base type alone has not passed the item's own `save`."""
    from resources.services import shelve

    shelve(instance)


def on_file_saved(sender: type, instance: Any, created: bool, **kwargs: Any) -> None:
    """A replaced file is read anew."""
    from resources.services import read_again

    if not created:
        read_again(instance)


def on_facts_gone(sender: type, instance: Any, **kwargs: Any) -> None:
    """The picture of a first page goes with the file."""
    from django.db import transaction

    cover, storage = instance.cover.name, instance.cover.storage
    if cover:
        transaction.on_commit(lambda: storage.delete(cover))
