"""The activity log, by noun."""

from campaign.activities.models.activity import (
    Activity,
    ActivityEvent,
    ActivityQuerySet,
    Inspection,
    MediaLink,
    Participant,
    Served,
)
from campaign.activities.models.catalogue import ActivityKind, Commune, place_key
from campaign.activities.models.evidence import Band, Evidence, Suspicion
from campaign.activities.models.stories import Story, StoryPhoto
from campaign.activities.models.totals import GroupMonth, KindMonth, SchoolMonth, UnitMonth

__all__ = [
    "Activity",
    "ActivityEvent",
    "ActivityKind",
    "ActivityQuerySet",
    "Band",
    "Commune",
    "Evidence",
    "GroupMonth",
    "Inspection",
    "KindMonth",
    "MediaLink",
    "Participant",
    "SchoolMonth",
    "Served",
    "Story",
    "StoryPhoto",
    "Suspicion",
    "UnitMonth",
    "place_key",
]
