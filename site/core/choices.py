"""Closed lists of the whole site."""

from django.db import models


class TileColour(models.TextChoices):
    """Colours of a letter tile."""

    RED = "red", "Đỏ"
    TEAL = "teal", "Xanh lam"
    GOLD = "gold", "Vàng"
    INK = "ink", "Mực"


class BannerPlace(models.TextChoices):
    """Where a banner stands."""

    EVERYWHERE = "everywhere", "Mọi trang"
    HOME = "home", "Chỉ trang chủ"
    INNER = "inner", "Mọi trang trừ trang chủ"
