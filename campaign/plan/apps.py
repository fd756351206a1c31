"""Plans: what the campaign sets out to do."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The campaign's time and its programmes."""

    name = "campaign.plan"
    label = "plan"
    verbose_name = "Kế hoạch, chương trình"
