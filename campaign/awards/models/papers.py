"""What a nominee's dossier holds: the achievement report field by field, claims, confirmations, evidence."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.awards.choices import ConfirmedBy, Gender
from campaign.awards.models.dossiers import DossierQuerySet, Nominee
from campaign.awards.models.rounds import AwardCriterion
from core.models.files import kept_apart
from privacy.models import ConsentText


class OfNomineeQuerySet(models.QuerySet[Any]):
    """Rows of a nominee by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the proposals one may see."""
        return self.filter(DossierQuerySet.seen_by(user, "nominee__dossier__"))


class IndividualWords(models.Model):
    """What a person's achievement report says (plan SL, annex, form 2)."""

    born_on = models.DateField("Ngày sinh", null=True, blank=True)
    gender = models.CharField("Giới tính", max_length=6, choices=Gender.choices, blank=True)
    phone = models.CharField("Số điện thoại", max_length=20, blank=True)
    email = models.EmailField("Thư điện tử", blank=True)
    process = models.TextField("Quá trình tham gia", blank=True, max_length=5000)
    # Beyond what the log knows: marked, wants evidence.
    declared = models.PositiveIntegerField("Số lượt tự khai thêm", null=True, blank=True)
    declared_why = models.CharField("Những lượt này ở đâu, khi nào", max_length=500, blank=True)
    products = models.TextField("Sản phẩm, kết quả nổi bật", blank=True, max_length=3000)
    self_assessment = models.TextField(
        "Tự đánh giá thái độ, trách nhiệm, hiệu quả", blank=True, max_length=3000
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def is_written(self) -> bool:
        """Whether what the form must have is there."""
        return bool(self.process and self.self_assessment)


class CollectiveWords(models.Model):
    """What a collective's achievement report says (plan SL, annex, form 3)."""

    members = models.PositiveIntegerField("Số lượng thành viên", null=True, blank=True)
    period = models.CharField("Thời gian thực hiện", max_length=200, blank=True)
    process = models.TextField("Nội dung hoạt động", blank=True, max_length=5000)
    area = models.CharField("Địa bàn triển khai", max_length=300, blank=True)
    declared = models.PositiveIntegerField("Số lượt tự khai thêm", null=True, blank=True)
    declared_why = models.CharField("Những lượt này ở đâu, khi nào", max_length=500, blank=True)
    products = models.TextField("Sản phẩm, mô hình tiêu biểu", blank=True, max_length=3000)
    spread = models.TextField("Góp phần lan tỏa phong trào", blank=True, max_length=2000)
    praised = models.TextField("Người dân, địa phương đánh giá", blank=True, max_length=2000)
    cooperation = models.TextField("Phối hợp với các đơn vị", blank=True, max_length=2000)
    representative = models.CharField("Đại diện tập thể", max_length=120, blank=True)
    office = models.CharField("Chức vụ", max_length=120, blank=True)
    duties = models.TextField("Danh sách thành viên và nhiệm vụ", blank=True, max_length=10_000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def is_written(self) -> bool:
        """Whether what the form must have is there."""
        return bool(self.process and self.representative and self.members)


class IndividualReport(IndividualWords):
    """A person's achievement report, as the unit hands it in."""

    nominee = models.OneToOneField(
        Nominee, on_delete=models.CASCADE, primary_key=True, related_name="individual_report"
    )

    objects = OfNomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo thành tích cá nhân"
        verbose_name_plural = "báo cáo thành tích cá nhân"

    def __str__(self) -> str:
        return str(self.nominee)


class CollectiveReport(CollectiveWords):
    """A collective's achievement report, as the unit hands it in."""

    nominee = models.OneToOneField(
        Nominee, on_delete=models.CASCADE, primary_key=True, related_name="collective_report"
    )

    objects = OfNomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo thành tích tập thể"
        verbose_name_plural = "báo cáo thành tích tập thể"

    def __str__(self) -> str:
        return str(self.nominee)


class Claim(models.Model):
    """That a nominee is put forward for a criterion the council judges, and why."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="claims")
    criterion = models.ForeignKey(AwardCriterion, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("Thành tích ở tiêu chí này", max_length=1000)

    objects = OfNomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "thành tích theo tiêu chí"
        verbose_name_plural = "thành tích theo tiêu chí"
        constraints = [models.UniqueConstraint(fields=["nominee", "criterion"], name="claim_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Confirmation(models.Model):
    """That the place's leader, or the unit's head, stands by the report (plan SL 4.2.1.1, criterion 4)."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="confirmations")
    by_whom = models.CharField("Ai xác nhận", max_length=5, choices=ConfirmedBy.choices)
    signatory = models.CharField("Người ký", max_length=120)
    office = models.CharField("Chức vụ, nơi công tác", max_length=200, blank=True)
    signed_on = models.DateField("Ngày ký")
    # The signed slip, photographed or scanned; the head signs by pressing.
    file = models.FileField(upload_to="khen-thuong/%Y/%m", storage=kept_apart, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfNomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận"
        verbose_name_plural = "xác nhận"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nominee", "by_whom"], name="confirmed_once_by_each"),
            models.CheckConstraint(
                name="place_confirms_on_paper", condition=~Q(by_whom="place") | ~Q(file="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_by_whom_display()}: {self.signatory}"

    def get_absolute_url(self) -> str:
        """Where the paper opens, after the rights check."""
        return reverse("awards:confirmation", args=[self.pk])


class NomineeConsent(models.Model):
    """A nominee, or a child's guardian, agreed to one wording; on the page, or on signed paper."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField("Người đồng ý", max_length=120)
    is_guardian = models.BooleanField("Là cha mẹ, người giám hộ", default=False)
    given_on = models.DateField("Ngày đồng ý")
    file = models.FileField(upload_to="khen-thuong/%Y/%m", storage=kept_apart, blank=True)
    added_at = models.DateTimeField()
    # Empty where he agreed himself, on the page of his private link.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("Rút lại lúc", null=True, blank=True)

    objects = OfNomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "sự đồng ý của người được đề nghị"
        verbose_name_plural = "sự đồng ý của người được đề nghị"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "text"], condition=Q(withdrawn_at__isnull=True),
                name="nominee_agreed_once_to_a_text",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.given_by}, {self.given_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Where the paper opens, after the rights check."""
        return reverse("awards:consent", args=[self.pk])


class NomineePiece(models.Model):
    """A piece of evidence of a nominee: a photo, a paper, a link."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="pieces")
    criterion = models.ForeignKey(
        AwardCriterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField("Tên", max_length=160, blank=True)
    file = models.FileField(upload_to="khen-thuong/%Y/%m", storage=kept_apart, blank=True)
    url = models.URLField("Đường dẫn", max_length=500, blank=True)
    size = models.PositiveIntegerField(default=0)
    key = models.UUIDField(editable=False)
    added_at = models.DateTimeField()
    # Empty where the nominee brought it himself, by his private link.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfNomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng thành tích"
        verbose_name_plural = "minh chứng thành tích"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nominee", "key"], name="award_piece_once_for_a_press"),
            models.CheckConstraint(
                name="award_piece_is_something",
                condition=Q(removed_at__isnull=False) | ~Q(file="") | ~Q(url=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or "Minh chứng"

    def get_absolute_url(self) -> str:
        """Where it opens, after the rights check."""
        return reverse("awards:piece", args=[self.pk])
