"""Mends letters of scanned PDFs (ƣ for ư) and decomposed marks in stored article bodies.

Titles and summaries are mended whenever a page is saved; bodies that came in by another way are mended
here, on the raw JSON: saving a historical model would empty them.
"""

from django.db import migrations

from core.raw_body import rewrite_bodies
from core.text import clean


def mended(value):
    """`value` with every string in it mended."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [mended(part) for part in value]
    if isinstance(value, dict):
        return {key: mended(part) for key, part in value.items()}
    return value


def mend(apps, schema_editor):
    """Rewrite what needs it."""
    rewrite_bodies(schema_editor, "news_articlepage", mended)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]
    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
