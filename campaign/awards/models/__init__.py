"""Records of award submissions."""

from campaign.awards.models.dossiers import Dossier, Nominee
from campaign.awards.models.own import Invitation, OwnClaim, OwnCollective, OwnIndividual
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
from campaign.awards.models.steps import (
    DossierEvent,
    DossierOpening,
    DossierRevision,
    NomineePoint,
    SignedProposal,
)

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
    "Invitation",
    "Nominee",
    "NomineeConsent",
    "NomineePiece",
    "NomineePoint",
    "OwnClaim",
    "OwnCollective",
    "OwnIndividual",
    "RecognitionEntry",
    "RecognitionEvent",
    "RecognitionList",
    "RecognitionRevision",
    "SignedProposal",
]  # fmt: skip
