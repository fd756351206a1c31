"""The publisher's step of the workflow."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from wagtail.models.workflows import AbstractGroupApprovalTask

from core.workflow import PUBLISHING_CHECKS


class ChecklistTask(AbstractGroupApprovalTask):
    """Approval by the publishers, who confirm each line of the check list before a page goes out."""

    class Meta:
        verbose_name = "bước duyệt có danh mục kiểm tra"
        verbose_name_plural = "bước duyệt có danh mục kiểm tra"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Approve and reject, both through a form; never approve by one unread click."""
        if not super().get_actions(obj, user):
            return []
        return [("reject", "Trả lại để sửa", True), ("approve", "Duyệt", True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """The check list for approving; the comment form for the rest."""
        from core.forms import ApprovalForm

        return ApprovalForm if action == "approve" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **data: Any) -> Any:
        """Approval needs every tick, by whatever way it was sent; the task itself keeps only the comment."""
        ticked = [bool(data.pop(check.name, False)) for check in PUBLISHING_CHECKS]
        if action_name == "approve" and not all(ticked):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **data)

    @classmethod
    def get_description(cls) -> str:
        """As shown where tasks are chosen."""
        return "Người duyệt xác nhận từng điều: " + "; ".join(
            check.label for check in PUBLISHING_CHECKS
        )
