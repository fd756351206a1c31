"""Makes material that units offer to the library."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from campaign.units.models import Unit
from resources import services
from resources.models import Audience, Contribution, Language, Licence, Topic
from tests.factories.library import pdf_bytes
from tests.factories.pages import make_topic


def told(**fields: Any) -> dict[str, Any]:
    """All that a contribution needs to be handed in, but its file."""
    topic = Topic.objects.first() or make_topic()
    return {
        "title": "Sổ tay thử", "kind": "tai-lieu", "summary": "Dạy một việc.",
        "language": Language.objects.get(code="vi"), "audiences": [Audience.objects.first()],
        "topics": [topic], "rights": "own", "source": "",
        "licence": Licence.objects.filter(may_copy=True).first(), "link": "", "alt": "", "note": "",
        **fields,
    }  # fmt: skip


def upload(data: bytes | None = None, name: str = "so-tay.pdf") -> SimpleUploadedFile:
    """A file as it comes from a form."""
    return SimpleUploadedFile(name, pdf_bytes() if data is None else data)


def make_contribution(
    unit: Unit, author: User, *, file: SimpleUploadedFile | None = None, **fields: Any
) -> Contribution:
    """A complete draft with its file; a link in `fields` takes the file's place."""
    now = timezone.now()
    made = services.begin_contribution(unit, told(**fields), key=uuid4(), by=author, now=now)
    if fields.get("link") and file is None:
        return made
    return services.put_file(made, file or upload(), by=author, now=now)
