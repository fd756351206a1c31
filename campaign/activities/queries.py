"""Reads of the log that more than one caller uses."""

from datetime import date
from typing import Any

from campaign.activities.models import Activity, Evidence
from campaign.activities.rules import Share, Told, Verdict, judge
from campaign.plan.models import CampaignPeriod

# One phone's pictures of one afternoon; more only hide the good ones.
MOST_PHOTOS = 20
MOST_EVIDENCE = 40


def told(activity: Activity) -> Told:
    """The activity as a value for the rules. Two queries."""
    shares = activity.participants.select_related("person")
    return Told(
        title=activity.title,
        takes=activity.kind.takes,
        starts_on=activity.starts_on,
        starts_at=activity.starts_at,
        ends_on=activity.ends_on,
        ends_at=activity.ends_at,
        commune=str(activity.commune or ""),
        place=activity.place,
        content=activity.content,
        people=activity.people_count,
        people_na=activity.people_na,
        served=activity.served_count,
        served_na=activity.served_na,
        why_many=activity.why_many,
        subject=activity.subject,
        periods=activity.periods,
        groups=tuple(
            (row.audience.name, row.count)
            for row in activity.served.select_related("audience")
        ),
        links=activity.links.count(),
        shares=tuple(
            Share(
                f"p{row.person_id}" if row.person_id else f"n{row.name.casefold()}",
                str(row), row.served_count,
            )
            for row in shares
        ),
    )  # fmt: skip


def verdict_on(told: Told, today: date) -> Verdict:
    """What the rules say of it, with the campaign's time as it is set."""
    return judge(told, today=today, campaign=CampaignPeriod.load().days)


def evidence_of(activity: Activity, user: Any) -> list[Evidence]:
    """The pieces that `user` may open, in the order they came."""
    rows = Evidence.objects.visible_to(user).kept().filter(activity=activity)
    return list(rows.select_related("uploaded_by"))


def hidden_evidence(activity: Activity, seen: list[Evidence]) -> int:
    """How many pieces there are that one may not open: their number is no secret."""
    return activity.evidence.kept().count() - len(seen)
