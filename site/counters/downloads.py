"""Downloads are counted where files are handed out: at Wagtail's signal `document_served`."""

from typing import Any

from django.http import HttpRequest

from counters.choices import Act
from counters.visits import count_request, counts_as_download


def count_download(sender: Any, *, instance: Any, request: HttpRequest, **kwargs: Any) -> None:
    """One visitor took the document `instance` away; machines and staff are no visitors."""
    if counts_as_download(request):
        count_request(request, type(instance), instance.pk, Act.DOWNLOAD)
