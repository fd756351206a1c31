"""The field log."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What was done, entered once; figures, reports and awards follow from it."""

    name = "campaign.activities"
    label = "activities"
    verbose_name = "Nhật ký hoạt động"
