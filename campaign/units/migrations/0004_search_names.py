"""Names of units are found without marks, old ones too."""

from django.db import migrations, models

from campaign.units.rules import name_key


def fill(apps, schema_editor):
    """Write what each name is searched by."""
    names = apps.get_model("units", "UnitName")
    rows = list(names.objects.all())
    for row in rows:
        row.search_key = name_key(row.name, row.short_name)
    names.objects.bulk_update(rows, ["search_key"], 1000)


class Migration(migrations.Migration):
    dependencies = [("units", "0003_roster_imports")]

    operations = [
        migrations.AddField(
            model_name="unitname",
            name="search_key",
            field=models.CharField(default="", editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
