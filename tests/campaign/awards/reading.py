"""Reading Word papers back: paragraphs, tables, all papers of one proposal."""

import io

from django.utils import timezone
from docx import Document

from campaign.awards import papers
from campaign.awards.queries import nominee_rows


def opened(data: bytes):
    """The document, read back."""
    return Document(io.BytesIO(data))


def everything(document):
    """All paragraphs, those in tables too."""
    found = list(document.paragraphs)
    for table in document.tables:
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            found += cell.paragraphs
    return found


def texts(document):
    """What all paragraphs say."""
    return [one.text for one in everything(document)]


def paragraph(document, words):
    """The paragraph that says this."""
    return next(one for one in everything(document) if one.text.strip() == words)


def rows_of(table):
    """What the cells of a table say, a merged one once."""
    found = []
    for row in table.rows:
        cells = list({id(cell._tc): cell for cell in row.cells}.values())
        found.append([cell.text for cell in cells])
    return found


def table_with(document, *headings):
    """The rows below the table that has these headings."""
    for table in document.tables:
        rows = rows_of(table)
        if rows[0] == list(headings):
            return rows[1:]
    raise AssertionError([rows_of(table)[0] for table in document.tables])


def fresh(row):
    """The nominee as the database has him."""
    return nominee_rows().get(pk=row.pk)


def all_papers(scene):
    """Every Word paper of the proposal, by its name."""
    review, now = scene.review, timezone.localdate()
    student, group = review[scene.student.pk], review[scene.group.pk]
    return {
        "proposal": papers.proposal_of(scene.dossier),
        "individual": papers.achievement_of(student, scene.deeds(scene.student)),
        "collective": papers.achievement_of(group, scene.deeds(scene.group)),
        "slip": papers.slip_of(student.nominee, []),
        "consent": papers.consent_sheet_of(student.nominee, now),
        "check": papers.check_list_of(scene.dossier, list(review.values())),
    }
