"""The demo's documents, forms and platforms: real ones, as metadata only."""

from typing import Any

from campaign.documents.choices import Visibility
from campaign.documents.models import (
    DocumentRelation,
    FormTemplate,
    FormVersion,
    Issuer,
    OfficialDocument,
    Platform,
    PlatformAudience,
)
from campaign.documents.rules import number_key
from campaign.documents.services import set_banner
from home.demo.reading import read


def load_documents() -> None:
    """Issuers, documents with their relations, forms and platforms that are not there yet."""
    content = read("documents")
    issuers = _issuers(content["issuer"])
    documents, fresh = {}, []
    for row in content["document"]:
        key, relations = row.pop("key"), row.pop("relations", [])
        document, is_new = _document(row, issuers[row.pop("issuer")])
        documents[key] = document
        if is_new:
            fresh.append((document, relations))
    for document, relations in fresh:
        for kind, target in relations:
            DocumentRelation.objects.get_or_create(
                source=document, kind=kind, target=documents[target]
            )
    for row in content["form"]:
        _form(row, documents)
    for order, row in enumerate(read("platforms")["platform"], start=1):
        _platform(row, order * 10)


def _issuers(rows: list[dict[str, Any]]) -> dict[str, Issuer]:
    return {
        row["name"]: Issuer.objects.get_or_create(name=row["name"], defaults=row)[0] for row in rows
    }


def _document(row: dict[str, Any], issuer: Issuer) -> tuple[OfficialDocument, bool]:
    """The document, known by its number, or by its abstract where it has none; and whether it is new."""
    number = row.get("number", "")
    known = {"number_key": number_key(number)} if number else {"abstract": row["abstract"]}
    found = OfficialDocument.objects.filter(issuer=issuer, **known).first()
    if found:
        return found, False
    return OfficialDocument.objects.create(
        issuer=issuer, **{"visibility": Visibility.PUBLIC, **row}
    ), True


def _form(row: dict[str, Any], documents: dict[str, OfficialDocument]) -> None:
    version, since = row.pop("version", ""), row.pop("since", None)
    document = documents[row.pop("document")]
    form, is_new = FormTemplate.objects.get_or_create(
        name=row["name"],
        document=document,
        defaults={"visibility": Visibility.PUBLIC, **row},
    )
    if is_new and since:
        FormVersion.objects.create(form=form, version=version, since=since)


def _platform(row: dict[str, Any], order: int) -> None:
    groups, has_banner = row.pop("groups"), row.pop("banner", False)
    platform, is_new = Platform.objects.get_or_create(
        url=row["url"], defaults={"order": order, **row}
    )
    if is_new:
        for group in groups:
            PlatformAudience.objects.create(platform=platform, group=group)
        if has_banner:
            set_banner(platform, shown=True)
