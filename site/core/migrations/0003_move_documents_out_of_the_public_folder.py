import shutil
from pathlib import Path

from django.conf import settings
from django.db import migrations


def move_documents(apps, schema_editor):
    """Documents in the public folder go to the private one; a missing file is left missing."""
    for document in apps.get_model("core", "SiteDocument").objects.all():
        old = Path(settings.MEDIA_ROOT) / document.file.name
        new = Path(settings.PRIVATE_ROOT) / document.file.name
        if old.is_file() and not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(old, new)


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0002_holidays_attempts_and_documents_kept_apart"),
    ]

    operations = [
        migrations.RunPython(move_documents, migrations.RunPython.noop),
    ]
