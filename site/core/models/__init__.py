"""Models of the whole site, by noun."""

from core.models.approval import ChecklistTask
from core.models.cases import Case, CaseEvent
from core.models.files import SiteDocument, SiteImage, SiteMedia, SiteRendition
from core.models.holidays import Holiday
from core.models.keywords import Keyword
from core.models.pages import BasePage, StandardPage, StoryPage
from core.models.public import PublicContent
from core.models.site import Banner, SearchSynonym, SiteSettings
from core.models.throttle import Attempt

__all__ = [
    "Attempt",
    "Banner",
    "BasePage",
    "Case",
    "CaseEvent",
    "ChecklistTask",
    "Holiday",
    "Keyword",
    "PublicContent",
    "SearchSynonym",
    "SiteDocument",
    "SiteImage",
    "SiteMedia",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "StoryPage",
]
