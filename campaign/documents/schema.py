"""A document for machines (schema.org)."""

from typing import Any

from campaign.documents.choices import DocumentKind
from campaign.documents.models import OfficialDocument
from core.templatetags.site_tags import absolute

NORMATIVE = (
    DocumentKind.LAW,
    DocumentKind.DECREE,
    DocumentKind.RESOLUTION,
    DocumentKind.DIRECTIVE,
    DocumentKind.DECISION,
    DocumentKind.CIRCULAR,
)


def document_data(document: OfficialDocument) -> dict[str, Any]:
    """What is known, and nothing else: an unknown number or day is left out."""
    is_law = document.kind in NORMATIVE
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation" if is_law else "DigitalDocument",
        "name": document.title,
        "description": document.abstract,
        "identifier": document.number,
        "datePublished": document.issue_date,
        "publisher": {"@type": "Organization", "name": document.issuer.name},
        "inLanguage": "vi",
        "url": absolute(document.url),
    }
    if is_law:
        data |= {
            "legislationIdentifier": document.number,
            "legislationType": document.kind_label,
            "legislationDate": document.issue_date,
            "legislationDateVersion": document.effective_date,
        }
    return {key: value for key, value in data.items() if value}
