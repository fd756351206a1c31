"""Makes activities, by the very services that people use."""

import io
import random
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from campaign.activities import services
from campaign.activities.models import Activity, ActivityKind, Commune, Evidence
from campaign.units.models import Unit

numbers = count(1)
CLASS = "lop-ky-nang-so"


def kind_named(slug: str = CLASS) -> ActivityKind:
    """One of the kinds of the first start."""
    return ActivityKind.objects.get(slug=slug)


def make_commune(name: str = "Hoa Mẫu", **fields: Any) -> Commune:
    """A commune of the demo's province."""
    known = {"kind": "commune", "province": "Hoa Ban"}
    row, _ = Commune.objects.get_or_create(name=name, **{**known, **fields})
    return row


def make_activity(unit: Unit, author: Any, **words: Any) -> Activity:
    """A draft that may be sent, entered by `author`; `words` change its columns."""
    number = next(numbers)
    parts = {name: words.pop(name) for name in ("groups", "shares", "links") if name in words}
    columns = {
        "title": f"Lớp kỹ năng số {number}",
        "starts_on": timezone.localdate() - timedelta(days=3),
        "place": f"Nhà văn hóa số {number}",
        "content": "Cài VNeID",
        "people_count": 30,
    }
    kind = words.pop("kind", None) or kind_named()
    key, now = words.pop("key", None) or uuid4(), words.pop("now", None) or timezone.now()
    entry = services.Entry(columns={**columns, **words}, **parts)
    return services.begin_activity(unit, kind, entry, key=key, by=author, now=now)


def make_sent(unit: Unit, author: Any, **words: Any) -> Activity:
    """One that waits for its head."""
    return services.send_activity(
        make_activity(unit, author, **words), by=author, now=timezone.now(), prepared_by="Mẫu Lập"
    )


def make_confirmed(unit: Unit, author: Any, head: Any, **words: Any) -> Activity:
    """One that counts."""
    return services.confirm_activity(make_sent(unit, author, **words), by=head, now=timezone.now())


def picture(seed: int, size: tuple[int, int] = (800, 600), quality: int = 90) -> bytes:
    """A photo of nothing: boxes in colours, the same for the same seed, at any size."""
    dice = random.Random(seed)
    image = Image.new("RGB", (800, 600), (dice.randrange(256), dice.randrange(256), 90))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        left, top = dice.randrange(800), dice.randrange(600)
        colour = tuple(dice.randrange(256) for _ in range(3))
        box = (left, top, left + dice.randrange(40, 300), top + dice.randrange(40, 300))
        draw.rectangle(box, fill=colour)
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=quality)
    return out.getvalue()


def upload(data: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def day(ago: int) -> date:
    """So many days before today."""
    return timezone.localdate() - timedelta(days=ago)


def put_evidence(activity: Activity, author: Any) -> tuple[Evidence, Evidence]:
    """A photo for those who see the activity, and a paper with names for fewer."""
    given = {"by": author, "now": timezone.now()}
    paper = services.add_evidence(
        activity,
        upload=upload(picture(2, (240, 180))),
        kind="local_confirmation",
        key=uuid4(),
        **given,
    )
    # A photo comes before the sending; here the row alone matters.
    photo = services.add_evidence(
        activity, upload=upload(picture(1, (240, 180))), kind="thanks", key=uuid4(), **given
    )
    Evidence.objects.filter(pk=photo.pk).update(kind="photo")
    return photo, paper
