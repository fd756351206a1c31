"""The beacon: pages come from a cache, so each tells by itself that it is being read.

Whatever comes in, the answer is no error: a wrong, foreign or automatic call is simply not counted. No cookie
is set, and nothing of the answer may be kept.
"""

import re
from base64 import b64decode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from counters.choices import Act
from counters.queries import fresh_total
from counters.registry import countable_named, model_of
from counters.visits import count_request, counts_as_view

PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
NAMED = re.compile(r"(?P<key>[a-z][a-z-]{0,29})[:-](?P<pk>[1-9][0-9]{0,17})", re.ASCII)
LONGEST = 200


@csrf_exempt
@never_cache
def beacon(request: HttpRequest) -> HttpResponse:
    """`POST /dem/` with `what=van-ban:12`: count a reader, and tell the total of now."""
    found = _found(_asked(request)) if request.method == "POST" else None
    if found is None:
        return HttpResponse(status=204)
    model, pk = found
    if counts_as_view(request):
        count_request(request, model, pk, Act.VIEW)
    return JsonResponse({"views": fresh_total(ContentType.objects.get_for_model(model), pk)})


@csrf_exempt
@never_cache
def pixel(request: HttpRequest, what: str) -> HttpResponse:
    """`GET /dem/van-ban-12.gif`: the same for readers without JavaScript."""
    found = _found(what) if request.method == "GET" else None
    if found is None:
        return HttpResponse(status=204)
    if counts_as_view(request):
        count_request(request, *found, Act.VIEW)
    return HttpResponse(PIXEL, content_type="image/gif")


def _asked(request: HttpRequest) -> str:
    """What the body names; a body that is too long to be ours is not read."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > LONGEST:
        return ""
    body = request.body.decode("ascii", errors="replace")
    return QueryDict(body).get("what") or ""


def _found(named: str) -> tuple[type[Model], int] | None:
    """The public thing of that name; None for what is unknown, hidden or nonsense."""
    match = NAMED.fullmatch(named)
    kind = countable_named(match["key"]) if match else None
    if match is None or kind is None:
        return None
    pk = int(match["pk"])
    return (model_of(kind), pk) if kind.queryset().filter(pk=pk).exists() else None
