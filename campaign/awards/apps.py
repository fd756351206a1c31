"""Award submissions."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Who is proposed for an award, checked against the plan's criteria and quotas."""

    name = "campaign.awards"
    label = "awards"
    verbose_name = "Khen thưởng"

    def ready(self) -> None:
        """What is kept of people who are proposed."""
        from campaign.awards.privacy import KEPT, PUBLIC
        from privacy.registry import purposes

        purposes.register(KEPT, order=48)
        purposes.register(PUBLIC, order=49)
