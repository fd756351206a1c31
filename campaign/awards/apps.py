"""Award submissions."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Who is proposed for an award, checked against the plan's criteria and quotas."""

    name = "campaign.awards"
    label = "awards"
    verbose_name = "Khen thưởng"

    def ready(self) -> None:
        """What of the first tier waits for whom; what is kept of people."""
        from campaign.awards.recognition_privacy import LISTS, lists_naming
        from campaign.awards.recognition_tasks_due import waiting
        from core.registry import desk_tasks
        from privacy.registry import data_finders, purposes

        desk_tasks.register(waiting, order=20)
        purposes.register(LISTS, order=46)
        data_finders.register(lists_naming, order=46)
