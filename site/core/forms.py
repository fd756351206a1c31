"""Forms of the staff side."""

from typing import Any

from django import forms
from wagtail.forms import TaskStateCommentForm

from core.workflow import PUBLISHING_CHECKS


class ChecklistForm(forms.Form):
    """Each line of the publisher's check list, to be ticked one by one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for check in PUBLISHING_CHECKS:
            self.fields[check.name] = forms.BooleanField(
                label=check.label,
                error_messages={"required": "Hãy kiểm tra và đánh dấu điều này trước khi đăng."},
            )


class ApprovalForm(TaskStateCommentForm, ChecklistForm):
    """Approval in the workflow: the check list, and a word to the author."""
