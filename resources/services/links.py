"""Verbs on addresses elsewhere: gather them, ask whether they still open, keep what was answered.

One request at a time for each host, with a pause between: a host is claimed by one UPDATE before it is asked,
so that two processes never ask it at once; whoever dies after claiming leaves it to a later round.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.registry import FoundLink, checked_links
from resources.choices import LinkState
from resources.links.fetching import Caller, ask
from resources.links.robots import AGENT, may_read, read_robots, wished_pause
from resources.links.rules import Answer, Known, after, verdict, wait
from resources.models import CheckedLink, LibraryHealthSettings, LinkGathering, LinkHost, LinkUse
from resources.permissions import user_keeps_library

GATHERED_FOR = timedelta(hours=6)
ROBOTS_FOR = timedelta(days=1)
ONLINE_FOR = timedelta(days=1)
# Much longer than one asking can take.
CLAIMED_FOR = timedelta(minutes=5)
PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
# Other timers wait meanwhile.
ROUND_SECONDS = 20
BATCH = 500
Use = tuple[str, str, int]


def caller() -> Caller:
    """Who asks, by the site's own name."""
    return Caller(f"{AGENT}/1.0 (+{settings.BASE_URL})", settings.LINK_CHECK_ALLOW_LOOPBACK)


def check_links(*, seconds: float = ROUND_SECONDS) -> int:
    """A round: gather where it is time, then ask what is due while `seconds` last; how many were asked."""
    began = time.monotonic()
    gather_if_due(timezone.now())
    count = 0
    while time.monotonic() - began < seconds:
        host = _claimed(timezone.now())
        if host is None:
            break
        count += _checked(host)
    return count


def gather_if_due(now: datetime) -> bool:
    """Gather, unless that was done not long ago."""
    LinkGathering.objects.get_or_create(pk=1, defaults={"gathered_at": None})
    with transaction.atomic():
        row = LinkGathering.objects.select_for_update().get(pk=1)
        if row.gathered_at and row.gathered_at > now - GATHERED_FOR:
            return False
        row.gathered_at = now
        row.save()
        gather_links(now)
    return True


@transaction.atomic
def gather_links(now: datetime) -> None:
    """Bring the list of addresses, and where each stands, up to date."""
    wanted = _wanted()
    _add_links({url for url, _, _ in wanted}, now)
    known = {
        (url, source, number): pk
        for pk, url, source, number in LinkUse.objects.values_list(
            "pk", "link__url", "source", "object_id"
        )
    }
    gone = [pk for use, pk in known.items() if use not in wanted]
    for start in range(0, len(gone), BATCH):
        LinkUse.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    _add_uses({use: found for use, found in wanted.items() if use not in known})
    _rename(wanted)
    used = LinkUse.objects.filter(link=OuterRef("pk"))
    CheckedLink.objects.filter(~Exists(used)).delete()


def _wanted() -> dict[Use, FoundLink]:
    own = urlsplit(settings.BASE_URL).hostname
    return {
        (found.url, source.key, found.object_id): found
        for source in checked_links
        for found in source.found()
        # What lies on this very site is not asked over the network.
        if urlsplit(found.url).hostname != own
    }


def host_name(url: str) -> str:
    """The host with its port, as it is asked one at a time."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()[:255]


def _add_links(urls: Iterable[str], now: datetime) -> None:
    there = set(CheckedLink.objects.values_list("url", flat=True))
    new = sorted(set(urls) - there)
    hosts = [LinkHost(name=name, next_at=now) for name in sorted({host_name(url) for url in new})]
    LinkHost.objects.bulk_create(hosts, BATCH, ignore_conflicts=True)
    numbers = dict(LinkHost.objects.values_list("name", "pk"))
    rows = [CheckedLink(url=url, host_id=numbers[host_name(url)], due_at=now) for url in new]
    CheckedLink.objects.bulk_create(rows, BATCH, ignore_conflicts=True)


def _add_uses(wanted: dict[Use, FoundLink]) -> None:
    numbers = dict(CheckedLink.objects.values_list("url", "pk"))
    rows = [
        LinkUse(link_id=numbers[url], source=source, object_id=number, title=found.title[:255],
                edit_url=found.edit_url)
        for (url, source, number), found in wanted.items()
    ]  # fmt: skip
    LinkUse.objects.bulk_create(rows, BATCH, ignore_conflicts=True)


def _rename(wanted: dict[Use, FoundLink]) -> None:
    """Records that are called something else by now."""
    stale = []
    for use in LinkUse.objects.select_related("link"):
        found = wanted.get((use.link.url, use.source, use.object_id))
        if found and (use.title, use.edit_url) != (found.title[:255], found.edit_url):
            use.title, use.edit_url = found.title[:255], found.edit_url
            stale.append(use)
    LinkUse.objects.bulk_update(stale, ["title", "edit_url"], BATCH)


def _claimed(now: datetime) -> LinkHost | None:
    """A host that may be asked now and has something due, taken for us."""
    due = CheckedLink.objects.filter(host=OuterRef("pk"), due_at__lte=now)
    free = LinkHost.objects.filter(Exists(due), next_at__lte=now).order_by("next_at", "pk")
    for host in free[:20]:
        taken = LinkHost.objects.filter(pk=host.pk, next_at__lte=now)
        if taken.update(next_at=now + CLAIMED_FOR):
            return host
    return None


def _checked(host: LinkHost) -> int:
    """Ask the address of this host that has been due longest."""
    now = timezone.now()
    link = CheckedLink.objects.filter(host=host, due_at__lte=now).order_by("due_at", "pk").first()
    robots = ""
    if link is not None:
        asked = ask(link.url, caller(), lambda url: may_read(robots_of(url), url))
        robots = LinkHost.objects.get(pk=host.pk).robots
        keep_answer(link, asked, now=timezone.now())
    wished = timedelta(seconds=min(wished_pause(robots), LONGEST_PAUSE.total_seconds()))
    LinkHost.objects.filter(pk=host.pk).update(next_at=timezone.now() + max(PAUSE, wished))
    return int(link is not None)


def robots_of(url: str) -> str:
    """The robots.txt of the host of `url`, kept for a day; what the network refuses is raised."""
    now = timezone.now()
    host, _ = LinkHost.objects.get_or_create(name=host_name(url), defaults={"next_at": now})
    if host.robots_at is None or host.robots_at < now - ROBOTS_FOR:
        parts = urlsplit(url)
        robots = read_robots(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", caller())
        host.robots, host.robots_at = robots.replace("\x00", ""), now
        LinkHost.objects.filter(pk=host.pk).update(robots=host.robots, robots_at=now)
    return host.robots


@transaction.atomic
def keep_answer(link: CheckedLink, answer: Answer, *, now: datetime) -> None:
    """Write what an address answered beside what is known of it."""
    row = CheckedLink.objects.select_for_update().filter(pk=link.pk).first()
    if row is None:
        # Taken out of its page while it was asked.
        return
    said = verdict(row.url, answer, is_online=_is_online(now))
    known = Known(
        LinkState(row.state), row.failures, row.first_failed_at, row.last_failed_on, row.reason
    )
    new = after(known, said, now=now, today=timezone.localtime(now).date())
    row.state, row.failures, row.reason = new.state, new.failures, new.reason[:200]
    row.first_failed_at, row.last_failed_on = new.first_failed_at, new.last_failed_on
    row.status_code, row.checked_at = answer.status, now
    days = LibraryHealthSettings.load().recheck_days
    row.due_at = now + wait(new, said, recheck_days=days)
    row.save()


def _is_online(now: datetime) -> bool:
    """Whether anything at all has answered lately."""
    lately = CheckedLink.objects.filter(checked_at__gte=now - ONLINE_FOR)
    return lately.filter(status_code__isnull=False).exists()


def ask_again(link: CheckedLink, *, by: Any, now: datetime) -> None:
    """Due at once: the next round asks it."""
    if not user_keeps_library(by):
        raise PermissionDenied
    CheckedLink.objects.filter(pk=link.pk).update(due_at=now)
