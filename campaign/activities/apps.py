"""The field log."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What was done, entered once; figures, reports and awards follow from it."""

    name = "campaign.activities"
    label = "activities"
    verbose_name = "Nhật ký hoạt động"

    def ready(self) -> None:
        """The desk's menu lines, what waits for whom, what is kept of people, whether figures add up."""
        from campaign.activities.doubt_views import may_settle
        from campaign.activities.edit_views import may_enter
        from campaign.activities.figure_views import may_see_figures
        from campaign.activities.health import totals_problems
        from campaign.activities.privacy import (
            LOG,
            MINORS_ONLINE,
            PAPERS,
            PHOTOS,
            PHOTOS_ONLINE,
            activities_under,
        )
        from campaign.activities.tasks_due import waiting
        from core.registry import DeskItem, desk_items, desk_tasks, health_checks
        from privacy.registry import data_finders, purposes

        log, sums, doubts = (
            "/don-vi/hoat-dong/",
            "/don-vi/so-lieu/",
            "/don-vi/hoat-dong/nghi-trung/",
        )
        desk_items.register(DeskItem("Nhật ký hoạt động", log, may_enter), order=10)
        desk_items.register(DeskItem("Số liệu", sums, may_see_figures), order=20)
        desk_items.register(DeskItem("Nghi ghi trùng", doubts, may_settle), order=25)
        desk_tasks.register(waiting, order=10)
        health_checks.register(totals_problems, order=20)
        data_finders.register(activities_under, order=40)
        taken = (LOG, PAPERS, PHOTOS, PHOTOS_ONLINE, MINORS_ONLINE)
        for order, purpose in enumerate(taken, start=40):
            purposes.register(purpose, order=order)
