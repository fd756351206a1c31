"""View and download counts."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    """Counts what is read and taken away, without knowing who."""

    name = "counters"
    verbose_name = "Lượt xem"

    def ready(self) -> None:
        """Listen to files going out; forget each day by a timer; tell how it is done."""
        from wagtail.documents.models import document_served

        from core.registry import Note, privacy_notes, timers
        from counters.choices import COUNTING_NOTE
        from counters.downloads import count_download

        document_served.connect(count_download, dispatch_uid="counters.downloads")
        timers.register("roll_counts", order=30)
        privacy_notes.register(Note("luot-xem", "Đếm lượt xem", COUNTING_NOTE), order=10)
