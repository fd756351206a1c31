"""The library's models, by noun."""

from resources.models.contributions import Contribution, ContributionEvent
from resources.models.files import FileFacts, ItemFile
from resources.models.framework import (
    Audience,
    Competence,
    CompetenceDomain,
    CompetenceLevel,
    Language,
    Licence,
)
from resources.models.guides import GuideIndexPage, GuideManager, GuidePage, GuideQuerySet, Topic
from resources.models.health import (
    CheckedLink,
    ItemReview,
    LibraryHealthSettings,
    LinkGathering,
    LinkHost,
    LinkUse,
)
from resources.models.imports import ItemImport, ItemImportFile, ItemImportLine
from resources.models.items import (
    ItemCompetence,
    ItemKeyword,
    LibraryIndexPage,
    LibraryItemPage,
)
from resources.models.paths import LearningPathPage, PathStep
from resources.models.questions import (
    BankImport,
    BankImportLine,
    BankQuestion,
    CountedSheet,
    QuestionAnswer,
    QuestionTally,
)
from resources.models.shelf import ShelfCard
from resources.models.surveys import (
    AnswerCount,
    SheetPile,
    Survey,
    SurveyAudience,
    SurveyEvent,
    SurveyQuestion,
    SurveyUnit,
)

__all__ = [
    "AnswerCount",
    "Audience",
    "BankImport",
    "BankImportLine",
    "BankQuestion",
    "CheckedLink",
    "Competence",
    "CompetenceDomain",
    "CompetenceLevel",
    "Contribution",
    "ContributionEvent",
    "CountedSheet",
    "FileFacts",
    "GuideIndexPage",
    "GuideManager",
    "GuidePage",
    "GuideQuerySet",
    "ItemCompetence",
    "ItemFile",
    "ItemImport",
    "ItemImportFile",
    "ItemImportLine",
    "ItemKeyword",
    "ItemReview",
    "Language",
    "LearningPathPage",
    "LibraryHealthSettings",
    "LibraryIndexPage",
    "LibraryItemPage",
    "Licence",
    "LinkGathering",
    "LinkHost",
    "LinkUse",
    "PathStep",
    "QuestionAnswer",
    "QuestionTally",
    "SheetPile",
    "ShelfCard",
    "Survey",
    "SurveyAudience",
    "SurveyEvent",
    "SurveyQuestion",
    "SurveyUnit",
    "Topic",
]
