"""What items are sorted by: audiences, the competence framework, languages, licences. All of it is data.

Public copies of Thông tư 02/2025/TT-BGDĐT differ in some names, so names are edited, never built in.
"""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.models import PublicContent
from core.text import clean, slugify
from resources.choices import AudienceSide

component_code = RegexValidator(
    r"^[1-9][0-9]?\.[1-9][0-9]?$", "Mã gồm số miền, dấu chấm và số thứ tự, ví dụ 4.2."
)
level_code = RegexValidator(r"^[A-Z]{2}[1-9]$", "Mã gồm hai chữ hoa và một chữ số, ví dụ CB1.")
language_code = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Mã ngôn ngữ theo chuẩn BCP 47, ví dụ vi hoặc hre."
)


class Audience(PublicContent, models.Model):
    """A group of people whom an item serves (handbook items 98 to 100)."""

    name = models.CharField("Tên", max_length=120, unique=True)
    slug = models.SlugField("Địa chỉ", max_length=80, unique=True, blank=True)
    side = models.CharField(
        "Nhóm", max_length=12, choices=AudienceSide.choices, default=AudienceSide.LEARNING
    )
    order = models.PositiveSmallIntegerField("Thứ tự", default=100)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("side"), FieldPanel("order")]),
    ]

    class Meta:
        verbose_name = "nhóm đối tượng"
        verbose_name_plural = "nhóm đối tượng"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The address comes from the name."""
        self.name = clean(self.name)
        self.slug = self.slug or slugify(self.name)


class CompetenceDomain(PublicContent, models.Model):
    """A domain (miền) of the framework."""

    number = models.PositiveSmallIntegerField("Số", unique=True)
    name = models.CharField("Tên miền năng lực", max_length=160)

    panels = [FieldRowPanel([FieldPanel("number"), FieldPanel("name")])]

    class Meta:
        verbose_name = "miền năng lực"
        verbose_name_plural = "miền năng lực"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def clean(self) -> None:
        """The name as it is stored."""
        self.name = clean(self.name)


class Competence(PublicContent, models.Model):
    """A component (năng lực thành phần) of a domain."""

    domain = models.ForeignKey(
        CompetenceDomain,
        on_delete=models.PROTECT,
        related_name="competences",
        verbose_name="Miền",
    )
    code = models.CharField("Mã", max_length=5, unique=True, validators=[component_code])
    name = models.CharField("Tên năng lực thành phần", max_length=200)
    statement = models.CharField(
        "Câu tự đánh giá",
        max_length=200,
        blank=True,
        help_text="Một câu ai cũng hiểu, bắt đầu bằng “Tôi”. Phiếu tự đánh giá hỏi bằng câu này; để trống thì "
        "không hỏi năng lực này. Phiếu đã tạo giữ nguyên câu cũ.",
    )
    # The code as a number: 4.10 comes after 4.9.
    order = models.PositiveSmallIntegerField(editable=False, default=0)

    panels = [
        FieldRowPanel([FieldPanel("domain"), FieldPanel("code")]),
        FieldPanel("name"),
        FieldPanel("statement"),
    ]

    class Meta:
        verbose_name = "năng lực thành phần"
        verbose_name_plural = "năng lực thành phần"
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """A component belongs to the domain that its code begins with."""
        self.name, self.statement = clean(self.name), " ".join(clean(self.statement).split())
        first, _, second = self.code.partition(".")
        if not (first.isdecimal() and second.isdecimal()):
            return
        self.order = int(first) * 100 + int(second)
        domain = CompetenceDomain.objects.filter(pk=self.domain_id).first()
        if domain and domain.number != int(first):
            raise ValidationError(
                {"code": f"Mã của miền {domain.number} bắt đầu bằng {domain.number}."}
            )


class CompetenceLevel(PublicContent, models.Model):
    """A step (bậc) of a level (trình độ): four levels of two steps each."""

    code = models.CharField("Mã", max_length=3, unique=True, validators=[level_code])
    stage = models.CharField("Trình độ", max_length=40)
    step = models.PositiveSmallIntegerField("Bậc", unique=True)

    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("stage"), FieldPanel("step")])]

    class Meta:
        verbose_name = "bậc năng lực"
        verbose_name_plural = "bậc năng lực"
        ordering = ["step"]

    def __str__(self) -> str:
        return f"{self.stage}, bậc {self.step}"


class Language(PublicContent, models.Model):
    """A language that an item speaks."""

    name = models.CharField("Tên", max_length=60, unique=True)
    code = models.CharField("Mã", max_length=20, unique=True, validators=[language_code])
    order = models.PositiveSmallIntegerField("Thứ tự", default=100)

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("code"), FieldPanel("order")])]

    class Meta:
        verbose_name = "ngôn ngữ"
        verbose_name_plural = "ngôn ngữ"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The name as it is stored."""
        self.name = clean(self.name)


class Licence(PublicContent, models.Model):
    """On what terms an item may be used."""

    name = models.CharField("Tên", max_length=120, unique=True)
    slug = models.SlugField("Địa chỉ", max_length=80, unique=True, blank=True)
    terms = models.CharField(
        "Được làm gì", max_length=300, help_text="Một câu dễ hiểu, hiện cạnh nút tải về."
    )
    url = models.URLField("Toàn văn", max_length=300, blank=True)
    may_copy = models.BooleanField(
        "Được sao chép, chuyển tiếp",
        default=True,
        help_text="Bỏ chọn nếu chỉ được đặt liên kết: học liệu đó không có tệp trên trang.",
    )
    order = models.PositiveSmallIntegerField("Thứ tự", default=100)

    panels = [
        FieldPanel("name"),
        FieldPanel("terms"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("may_copy"), FieldPanel("order")]),
    ]

    class Meta:
        verbose_name = "giấy phép"
        verbose_name_plural = "giấy phép"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The address comes from the name."""
        self.name = clean(self.name)
        self.slug = self.slug or slugify(self.name)
