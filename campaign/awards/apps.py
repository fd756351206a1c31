"""Award submissions."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Who is proposed for an award, checked against the plan's criteria and quotas."""

    name = "campaign.awards"
    label = "awards"
    verbose_name = "Khen thưởng"

    def ready(self) -> None:
        """The desk's menu line, what waits for whom, what is kept of people."""
        from campaign.awards import recognition_tasks_due, tasks_due
        from campaign.awards.privacy import KEPT, PICTURES, PUBLIC, dossiers_under
        from campaign.awards.recognition_privacy import LISTS, lists_naming
        from campaign.awards.round_views import may_see_awards
        from core.registry import DeskItem, desk_items, desk_tasks
        from privacy.registry import data_finders, purposes

        desk_items.register(
            DeskItem("Khen thưởng", "/don-vi/khen-thuong/", may_see_awards), order=18
        )
        desk_tasks.register(tasks_due.waiting, order=10)
        desk_tasks.register(recognition_tasks_due.waiting, order=20)
        purposes.register(LISTS, order=59)
        purposes.register(KEPT, order=60)
        purposes.register(PUBLIC, order=61)
        purposes.register(PICTURES, order=62)
        data_finders.register(lists_naming, order=59)
        data_finders.register(dossiers_under, order=60)
