"""Consents, requests about one's own data, and what the privacy page says."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.admin import display
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField

from core.models import Case, CaseEvent, PublicContent
from privacy.choices import CLOSED, DECIDED, WAITING, RequestKind, RequestState

PLAIN_TEXT = ["bold", "italic", "link", "ul", "ol"]


class ConsentText(models.Model):
    """One wording of a consent; never changed, only followed by the next version."""

    purpose = models.CharField("Mục đích", max_length=40)
    version = models.PositiveSmallIntegerField("Bản số")
    text = models.TextField("Câu đồng ý", max_length=600)
    since = models.DateTimeField("Dùng từ", auto_now_add=True)

    class Meta:
        verbose_name = "câu đồng ý"
        verbose_name_plural = "câu đồng ý"
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, bản {self.version}"


class ConsentRecordQuerySet(models.QuerySet["ConsentRecord"]):
    """Consents by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """All of them for those who keep the register of consents; nobody else sees any."""
        return self if user.has_perm("privacy.view_consentrecord") else self.none()

    def standing(self) -> Self:
        """Those not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class ConsentRecord(models.Model):
    """Somebody agreed to one wording at one time, by one record (a question, a registration)."""

    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="records", verbose_name="Câu đồng ý"
    )
    full_name = models.CharField("Người đồng ý", max_length=160, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Tài khoản",
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    given_at = models.DateTimeField("Lúc")
    withdrawn_at = models.DateTimeField("Rút lại lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người ghi việc rút lại",
    )
    # Since when the record it was given for is deleted or forgotten: the proof is kept some time longer.
    ended_at = models.DateTimeField("Hết dữ liệu lúc", null=True, blank=True)

    objects = ConsentRecordQuerySet.as_manager()

    # It points to no page, image or document: looking for such at each save took longer than the save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "sự đồng ý"
        verbose_name_plural = "sự đồng ý"
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="consent_by_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "content_type", "object_id"],
                name="consent_once_per_text_and_record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.given_at:%d/%m/%Y %H:%M}"

    @property
    @display(description="Nguyên văn đã đồng ý")
    def wording(self) -> str:
        """The sentence that was agreed to."""
        return self.text.text


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Requests by who may see them, and by time."""

    def visible_to(self, user: Any) -> Self:
        """All of them for those who answer for personal data; nobody else, except by the private link."""
        return self if user.has_perm("privacy.view_datarequest") else self.none()

    def overdue(self, today: date) -> Self:
        """Those that wait longer than the law allows: to be acknowledged, or to be acted on."""
        unanswered = models.Q(acknowledged_at__isnull=True, reply_due__lt=today)
        return self.filter(unanswered | models.Q(due_on__lt=today), state__in=sorted(WAITING))


class DataRequest(Case):
    """Somebody asks to see, mend, stop or delete what is kept about him."""

    kind = models.CharField("Yêu cầu", max_length=10, choices=RequestKind.choices)
    for_child = models.BooleanField(
        "Cha mẹ, người giám hộ gửi thay trẻ dưới 16 tuổi", default=False
    )
    state = models.CharField(
        "Tình trạng", max_length=12, choices=RequestState.choices, default=RequestState.RECEIVED
    )
    reply_due = models.DateField("Hạn báo tiếp nhận")
    due_on = models.DateField("Hạn thực hiện")
    acknowledged_at = models.DateTimeField("Báo tiếp nhận lúc", null=True, blank=True)
    extended_at = models.DateTimeField("Gia hạn lúc", null=True, blank=True)
    extension_reason = models.CharField("Lý do gia hạn", max_length=500, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người xử lý",
    )
    closed_at = models.DateTimeField("Xong lúc", null=True, blank=True)
    outcome = models.TextField("Kết quả báo cho người gửi", blank=True)

    objects = DataRequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "yêu cầu về dữ liệu"
        verbose_name_plural = "yêu cầu về dữ liệu"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_to_do")]
        constraints = [
            models.CheckConstraint(
                name="data_request_closed_has_time",
                condition=models.Q(state__in=sorted(CLOSED), closed_at__isnull=False)
                | (~models.Q(state__in=sorted(CLOSED)) & models.Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="data_request_acknowledged_has_time",
                condition=~models.Q(state=RequestState.ACKNOWLEDGED)
                | models.Q(acknowledged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="data_request_decided_was_acknowledged",
                condition=~models.Q(state__in=sorted(DECIDED))
                | models.Q(acknowledged_at__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        """The private link."""
        return reverse("privacy:follow", args=[self.token])

    @property
    def is_waiting(self) -> bool:
        """Whether the office still has to act."""
        return self.state in WAITING


class DataRequestEvent(CaseEvent):
    """A step of a request."""

    request = models.ForeignKey(DataRequest, on_delete=models.CASCADE, related_name="events")

    class Meta(CaseEvent.Meta):
        verbose_name = "bước xử lý yêu cầu"
        verbose_name_plural = "bước xử lý yêu cầu"


@register_setting(icon="lock", order=30)
class PrivacySettings(PublicContent, BaseGenericSetting):
    """What the privacy page says beside the register of purposes. Laws change: their names are text."""

    intro = RichTextField(
        "Mở đầu",
        features=PLAIN_TEXT,
        default="<p>Đọc trang này không cần cho biết bạn là ai. Chỉ khi bạn gửi một biểu mẫu, nhà trường mới "
        "nhận những gì bạn tự ghi vào đó, và chỉ dùng cho đúng việc nói dưới đây.</p>",
    )
    officer = models.CharField(
        "Bộ phận bảo vệ dữ liệu cá nhân",
        max_length=200,
        blank=True,
        help_text="Chức danh hoặc đơn vị, ví dụ: Phòng Hành chính – Tổng hợp.",
    )
    officer_phone = models.CharField("Điện thoại", max_length=40, blank=True)
    officer_email = models.EmailField("Thư điện tử", blank=True)
    uses_processor = models.BooleanField(
        "Có đơn vị khác xử lý dữ liệu thay trường",
        default=False,
        help_text="Ví dụ thuê máy chủ có người vận hành. Khi có, hạn giải quyết yêu cầu dài hơn theo quy định.",
    )
    legal_references = RichTextField(
        "Căn cứ pháp luật",
        features=PLAIN_TEXT,
        default="<ul><li>Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, có hiệu lực từ ngày 01/01/2026.</li>"
        "<li>Nghị định số 356/2025/NĐ-CP quy định chi tiết Luật Bảo vệ dữ liệu cá nhân, có hiệu lực từ ngày "
        "01/01/2026.</li></ul>",
    )

    changed_at = models.DateTimeField("Sửa lần cuối", auto_now=True)

    panels = [
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("officer"), FieldPanel("officer_phone"), FieldPanel("officer_email")],
            heading="Liên hệ về dữ liệu cá nhân",
        ),
        FieldPanel("uses_processor"),
        FieldPanel("legal_references"),
    ]

    class Meta:
        verbose_name = "Quyền riêng tư"
