"""Closed lists of documents and platforms."""

from django.db import models


class Visibility(models.TextChoices):
    """Who may read a document. A Party document is not public by itself."""

    INTERNAL = "internal", "Nội bộ"
    PUBLIC = "public", "Công khai"


class PlatformKind(models.TextChoices):
    """What sort of place a link leads to."""

    NATIONAL = "national", "Nền tảng quốc gia"
    PROGRAMME = "programme", "Chương trình phổ cập kỹ năng số"
    PROVINCIAL = "provincial", "Cổng của tỉnh"
    MOOC = "mooc", "Khóa học trực tuyến mở"
    PARTNER = "partner", "Đối tác cùng làm"
