"""Periodic reports."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What a unit owes by when, filled from what was done, handed in and received."""

    name = "campaign.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """The desk's menu lines, what is owed by when."""
        from campaign.reporting.report_views import may_report
        from campaign.reporting.round_views import may_follow
        from campaign.reporting.tasks_due import waiting
        from core.registry import DeskItem, desk_items, desk_tasks, timers

        desk_items.register(DeskItem("Báo cáo", "/don-vi/bao-cao/", may_report), order=14)
        desk_items.register(DeskItem("Kỳ báo cáo", "/don-vi/ky-bao-cao/", may_follow), order=16)
        desk_tasks.register(waiting, order=0)
        timers.register("follow_reports", order=60)
