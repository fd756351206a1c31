"""Messages of readers, the office's answers, published questions, and whom to call."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import strip_tags
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField

from campaign.feedback.choices import OPEN, WITH_ANSWER, Channel, FeedbackKind, FeedbackState
from core.models import Case, CaseEvent, PublicContent
from core.phones import read_phone
from core.search_fields import FoldedAutocompleteField, FoldedSearchField
from core.text import clean

PLAIN_TEXT = ["bold", "italic", "link", "ul", "ol"]


class FeedbackQuerySet(SearchableQuerySetMixin, models.QuerySet["Feedback"]):
    """Messages by who may see them, and by time."""

    def visible_to(self, user: Any) -> Self:
        """All of them for the office; nobody else sees any, except by the private link."""
        return self if user.has_perm("feedback.view_feedback") else self.none()

    def overdue(self, today: date) -> Self:
        """Those that wait for an answer longer than promised."""
        return self.filter(state__in=OPEN, first_answered_at__isnull=True, due_on__lt=today)


class Feedback(index.Indexed, Case):
    """A question, a suggestion or a difficulty somebody sent in."""

    kind = models.CharField("Loại", max_length=12, choices=FeedbackKind.choices)
    about = models.CharField("Gửi từ trang", max_length=300, blank=True)
    channel = models.CharField(
        "Đường gửi", max_length=10, choices=Channel.choices, default=Channel.WEB
    )
    state = models.CharField(
        "Tình trạng", max_length=12, choices=FeedbackState.choices, default=FeedbackState.NEW
    )
    due_on = models.DateField("Hạn trả lời")
    first_answered_at = models.DateTimeField("Trả lời lần đầu", null=True, blank=True)
    settled_at = models.DateTimeField("Xong lúc", null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người xử lý",
    )

    objects = FeedbackQuerySet.as_manager()

    # It points to no page, image or document: looking for such at each save would only cost time.
    wagtail_reference_index_ignore = True

    search_fields = [
        FoldedSearchField("reference", boost=10),
        FoldedSearchField("full_name", boost=3),
        FoldedSearchField("message"),
        FoldedSearchField("phone"),
        index.FilterField("state"),
        index.FilterField("kind"),
        index.FilterField("channel"),
        index.FilterField("assigned_to_id"),
    ]

    class Meta:
        verbose_name = "phản hồi"
        verbose_name_plural = "phản hồi"
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="feedback_to_do"),
            models.Index(fields=["-received_at"], name="feedback_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="feedback_answered_has_answer",
                condition=~models.Q(state__in=sorted(WITH_ANSWER))
                | models.Q(first_answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="feedback_settled_has_time",
                condition=models.Q(
                    state__in=[FeedbackState.CLOSED, FeedbackState.REJECTED],
                    settled_at__isnull=False,
                )
                | (
                    ~models.Q(state__in=[FeedbackState.CLOSED, FeedbackState.REJECTED])
                    & models.Q(settled_at__isnull=True)
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        """The private link."""
        return reverse("feedback:follow", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Whether the office still owes an answer."""
        return self.state in OPEN


class Reply(models.Model):
    """One turn of the talk: the office's answer, or the sender asking on."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="replies")
    from_office = models.BooleanField()
    text = models.TextField("Nội dung")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = "lời trao đổi"
        verbose_name_plural = "lời trao đổi"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.feedback_id}: {self.at:%d/%m/%Y %H:%M}"


class FeedbackEvent(CaseEvent):
    """A step of a message."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="events")

    class Meta(CaseEvent.Meta):
        verbose_name = "bước xử lý"
        verbose_name_plural = "bước xử lý"


class FaqQuerySet(SearchableQuerySetMixin, models.QuerySet["FaqEntry"]):
    """Published questions."""

    def live(self) -> Self:
        """Those that readers see."""
        return self.filter(is_published=True)


class FaqEntry(PublicContent, index.Indexed, models.Model):
    """A question that many have, with its answer, for everybody."""

    question = models.CharField("Câu hỏi", max_length=200)
    answer = RichTextField("Trả lời", features=PLAIN_TEXT)
    heading = models.CharField(
        "Nhóm", max_length=80, blank=True, help_text="Các câu cùng nhóm đứng cạnh nhau."
    )
    order = models.PositiveSmallIntegerField("Thứ tự", default=100)
    is_published = models.BooleanField("Đang đăng", default=True)
    published_on = models.DateField("Ngày đăng", null=True, blank=True)
    source = models.OneToOneField(
        Feedback,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="faq_entry",
    )

    objects = FaqQuerySet.as_manager()

    search_fields = [
        FoldedSearchField("question", boost=5),
        FoldedSearchField("answer_text"),
        FoldedAutocompleteField("question"),
        index.FilterField("is_published"),
    ]

    class Meta:
        verbose_name = "câu hỏi thường gặp"
        verbose_name_plural = "câu hỏi thường gặp"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["is_published", "order"], name="faq_listed")]

    def __str__(self) -> str:
        return self.question

    @property
    def title(self) -> str:
        """What a list of results shows."""
        return self.question

    @property
    def answer_text(self) -> str:
        """The answer without its tags."""
        return " ".join(strip_tags(self.answer.replace("</", " </")).split())

    @property
    def url(self) -> str:
        """Its place on the page of questions."""
        return f"{reverse('feedback:faq')}#cau-{self.pk}"

    def clean(self) -> None:
        """Pasted text is mended; an empty answer is none."""
        self.question = " ".join(clean(self.question).split())
        self.heading = " ".join(clean(self.heading).split())
        if not self.answer_text:
            raise ValidationError({"answer": "Hãy viết câu trả lời."})


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """Contacts by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """All of them for those who keep them; those shown to the public for everybody."""
        if user.has_perm("feedback.change_contactpoint"):
            return self
        return self.filter(is_public=True)


class ContactPoint(PublicContent, models.Model):
    """Whom to turn to for what: one row for each function, the person in it may change."""

    function = models.CharField("Việc gì", max_length=120)
    unit = models.CharField("Đơn vị", max_length=160, blank=True)
    contact_name = models.CharField("Người phụ trách", max_length=120, blank=True)
    position = models.CharField("Chức vụ", max_length=120, blank=True)
    phone = models.CharField("Điện thoại", max_length=20, blank=True)
    email = models.EmailField("Thư điện tử", blank=True)
    hours = models.CharField("Giờ làm việc", max_length=120, blank=True)
    note = models.CharField("Ghi chú", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=10)
    is_public = models.BooleanField("Hiện trên trang", default=True)

    objects = ContactPointQuerySet.as_manager()

    panels = [
        FieldPanel("function"),
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("contact_name"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("hours"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_public")]),
    ]

    class Meta:
        verbose_name = "đầu mối liên hệ"
        verbose_name_plural = "đầu mối liên hệ"
        ordering = ["order", "function"]

    def __str__(self) -> str:
        return self.function

    def clean(self) -> None:
        """The telephone number in its one stored form."""
        if self.phone:
            try:
                self.phone = read_phone(self.phone)
            except ValueError as refused:
                raise ValidationError({"phone": str(refused)}) from refused


@register_setting(icon="mail", order=20)
class FeedbackSettings(PublicContent, BaseGenericSetting):
    """What the contact page promises."""

    intro = RichTextField(
        "Lời mời gửi phản hồi",
        features=PLAIN_TEXT,
        default="<p>Bạn hỏi điều chưa rõ, góp ý cho tốt hơn, hay đang gặp khó khi dùng dịch vụ số? "
        "Hãy viết vài dòng. Không cần tài khoản, không mất tiền.</p>",
    )
    answer_days = models.PositiveSmallIntegerField(
        "Trả lời trong mấy ngày làm việc",
        default=5,
        help_text="Người gửi thấy ngày này; số liệu trả lời đúng hẹn tính theo ngày này.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("intro"), FieldPanel("answer_days")], heading="Trang liên hệ")
    ]

    class Meta:
        verbose_name = "Trang liên hệ"

    def clean(self) -> None:
        """A promise that means something: from 1 to 30 days."""
        super().clean()
        if not 1 <= (self.answer_days or 0) <= 30:
            raise ValidationError({"answer_days": "Hãy chọn từ 1 đến 30 ngày làm việc."})
