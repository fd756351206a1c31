"""Issuers out of their names, kinds out of their words, files into rows of their own; numbers get their key.

What the register is stricter about now is mended without losing a word: a public Party document goes back to
internal until somebody writes what allows it, and a number that differs from another only in its spelling is
kept in the abstract.
"""

from django.db import migrations

from campaign.documents.choices import DocumentKind
from campaign.documents.rules import number_key
from core.text import clean, fold

PARTY_WORDS = ("bo chinh tri", "ban bi thu", "ban chap hanh trung uong", "dang uy", "tinh uy", "thanh uy",
               "huyen uy", "ban thuong vu", "bcdtw", "ban tuyen giao")


def is_party_name(name):
    folded = fold(name)
    return any(word in folded for word in PARTY_WORDS)


def carry_over(apps, schema_editor):
    Document = apps.get_model("documents", "OfficialDocument")
    Issuer = apps.get_model("documents", "Issuer")
    DocumentFile = apps.get_model("documents", "DocumentFile")
    by_label = {fold(str(label)): value for value, label in DocumentKind.choices}
    issuers = {issuer.name.casefold(): issuer for issuer in Issuer.objects.all()}
    taken = set()
    for document in Document.objects.order_by("pk"):
        name = " ".join(clean(document.issuer_text).split()) or "Chưa rõ cơ quan ban hành"
        issuer = issuers.get(name.casefold())
        if issuer is None:
            issuer = Issuer.objects.create(name=name, is_party=is_party_name(name))
            issuers[name.casefold()] = issuer
        document.issuer = issuer
        written = document.kind
        document.kind = by_label.get(fold(written).strip(), DocumentKind.OTHER)
        if document.kind == DocumentKind.OTHER and written:
            document.abstract = f"{document.abstract} ({written})"[:500]
        if issuer.is_party and not document.disclosure_note:
            document.visibility = "internal"
        document.issue_year = document.issue_date.year if document.issue_date else None
        document.number_key = number_key(document.number)
        place = (issuer.pk, document.number_key, document.issue_year)
        if document.number and (place in taken or not any(c.isdigit() for c in document.number_key)):
            document.abstract = f"{document.abstract} (số ghi trước đây: {document.number})"[:500]
            document.number = document.number_key = ""
        taken.add(place)
        document.save()
        if document.file_id:
            DocumentFile.objects.create(document=document, file_id=document.file_id, sort_order=0)


def carry_back(apps, schema_editor):
    Document = apps.get_model("documents", "OfficialDocument")
    labels = dict(DocumentKind.choices)
    for document in Document.objects.select_related("issuer"):
        document.issuer_text = document.issuer.name if document.issuer else ""
        document.kind = str(labels.get(document.kind, document.kind))
        first = document.files.order_by("sort_order", "pk").first()
        document.file_id = first.file_id if first else None
        document.save()


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_issuers_files_relations_forms")]

    operations = [migrations.RunPython(carry_over, carry_back)]
