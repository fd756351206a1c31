"""Records of award submissions."""

from campaign.awards.models.dossiers import Dossier, Nominee
from campaign.awards.models.papers import (
    Claim,
    CollectiveReport,
    Confirmation,
    IndividualReport,
    NomineeConsent,
    NomineePiece,
)
from campaign.awards.models.recognition import (
    RecognitionEntry,
    RecognitionEvent,
    RecognitionList,
    RecognitionRevision,
)
from campaign.awards.models.rounds import AwardCriterion, AwardQuota, AwardRound
from campaign.awards.models.steps import DossierEvent, DossierOpening, DossierRevision, NomineePoint

__all__ = [
    "AwardCriterion",
    "AwardQuota",
    "AwardRound",
    "Claim",
    "CollectiveReport",
    "Confirmation",
    "Dossier",
    "DossierEvent",
    "DossierOpening",
    "DossierRevision",
    "IndividualReport",
    "Nominee",
    "NomineeConsent",
    "NomineePiece",
    "NomineePoint",
    "RecognitionEntry",
    "RecognitionEvent",
    "RecognitionList",
    "RecognitionRevision",
]  # fmt: skip
