"""The field log."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What was done, entered once; figures, reports and awards follow from it."""

    name = "campaign.activities"
    label = "activities"
    verbose_name = "Nhật ký hoạt động"

    def ready(self) -> None:
        """The desk's menu lines, and what waits for whom."""
        from campaign.activities.doubt_views import may_settle
        from campaign.activities.edit_views import may_enter
        from campaign.activities.figure_views import may_see_figures
        from campaign.activities.tasks_due import waiting
        from core.registry import DeskItem, desk_items, desk_tasks

        log, sums, doubts = (
            "/don-vi/hoat-dong/",
            "/don-vi/so-lieu/",
            "/don-vi/hoat-dong/nghi-trung/",
        )
        desk_items.register(DeskItem("Nhật ký hoạt động", log, may_enter), order=10)
        desk_items.register(DeskItem("Số liệu", sums, may_see_figures), order=20)
        desk_items.register(DeskItem("Nghi ghi trùng", doubts, may_settle), order=25)
        desk_tasks.register(waiting, order=10)
