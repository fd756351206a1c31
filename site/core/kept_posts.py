"""What somebody had typed when his session ran out: kept with the visit, and given back after he signed in.

Only words, never files; only the last form; for the page it was sent to, and for half an hour.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict

from core.throttle import tries
from core.visitors import client_address

KEY = "kept-post"
LARGEST = 64 * 1024
KEPT = timedelta(minutes=30)
MOST = 20


def keep_post(request: HttpRequest, now: datetime) -> bool:
    """Keep what was sent by somebody who is not signed in; False when it is too much, or too often."""
    words = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        words.setlist(name, values)
    words.pop("csrfmiddlewaretoken", None)
    text = words.urlencode()
    if len(text) > LARGEST:
        return False
    if tries("kept-post", client_address(request), minutes=10, now=now) > MOST:
        return False
    request.session[KEY] = {"path": request.path, "words": text, "at": now.isoformat()}
    return True


def kept_post(request: HttpRequest, now: datetime) -> Any:
    """What was kept for this page, once; None when there is nothing."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    if datetime.fromisoformat(kept["at"]) < now - KEPT:
        return None
    return QueryDict(kept["words"])
