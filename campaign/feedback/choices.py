"""Closed lists of questions, suggestions and difficulties."""

from django.db import models


class FeedbackKind(models.TextChoices):
    """What somebody writes for."""

    QUESTION = "question", "Câu hỏi"
    SUGGESTION = "suggestion", "Góp ý"
    DIFFICULTY = "difficulty", "Khó khăn, vướng mắc"


class Channel(models.TextChoices):
    """How it reached the office."""

    WEB = "web", "Qua trang này"
    PHONE = "phone", "Qua điện thoại"
    IN_PERSON = "in_person", "Nói trực tiếp"
    LETTER = "letter", "Thư, tin nhắn"


class FeedbackState(models.TextChoices):
    """Where a message stands."""

    NEW = "new", "Mới nhận"
    IN_PROGRESS = "in_progress", "Đang xử lý"
    ANSWERED = "answered", "Đã trả lời"
    CLOSED = "closed", "Đã khép lại"
    REJECTED = "rejected", "Không tiếp nhận"


OPEN = frozenset({FeedbackState.NEW, FeedbackState.IN_PROGRESS})
# The sender has had an answer to read.
WITH_ANSWER = frozenset({FeedbackState.ANSWERED, FeedbackState.CLOSED})
SETTLED = frozenset({FeedbackState.CLOSED, FeedbackState.REJECTED})
