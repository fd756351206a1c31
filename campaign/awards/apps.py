"""Award submissions."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Who is proposed for an award, checked against the plan's criteria and quotas."""

    name = "campaign.awards"
    label = "awards"
    verbose_name = "Khen thưởng"
