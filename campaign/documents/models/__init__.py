"""Models of documents, by noun."""

from campaign.documents.models.forms import FormTemplate, FormVersion
from campaign.documents.models.issuers import Issuer
from campaign.documents.models.platforms import Platform, PlatformAudience
from campaign.documents.models.register import DocumentFile, DocumentRelation, OfficialDocument

__all__ = [
    "DocumentFile",
    "DocumentRelation",
    "FormTemplate",
    "FormVersion",
    "Issuer",
    "OfficialDocument",
    "Platform",
    "PlatformAudience",
]
