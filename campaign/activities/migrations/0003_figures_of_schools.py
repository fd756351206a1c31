"""Figures of whole schools, filled from those of their units."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """What was confirmed so far, by the school it was entered for."""
    Activity = apps.get_model("activities", "Activity")
    SchoolMonth = apps.get_model("activities", "SchoolMonth")
    sums = {}
    rows = Activity.objects.filter(state="confirmed").values_list(
        "institution_id", "starts_on", "kind__role", "people_count", "served_count"
    )
    for school, day, role, people, served in rows.iterator():
        row = sums.setdefault((school, day.replace(day=1)), [0, 0, 0, 0])
        for place, number in enumerate((1, role == "class", people or 0, served or 0)):
            row[place] += number
    SchoolMonth.objects.bulk_create(
        [
            SchoolMonth(unit_id=school, month=month, activities=a, classes=c, people=p, served=s)
            for (school, month), (a, c, p, s) in sums.items()
        ],
        1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_stories"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="Tháng")),
                ("activities", models.IntegerField(default=0, verbose_name="Hoạt động")),
                ("classes", models.IntegerField(default=0, verbose_name="Lớp")),
                ("people", models.IntegerField(default=0, verbose_name="Lượt người dự")),
                ("served", models.IntegerField(default=0, verbose_name="Lượt hỗ trợ")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="units.unit")),
            ],
            options={
                "verbose_name": "số liệu tháng của trường",
                "verbose_name_plural": "số liệu tháng của trường",
                "indexes": [models.Index(fields=["month", "unit"], name="school_month_by_month")],
                "constraints": [models.UniqueConstraint(fields=("unit", "month"), name="school_month_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
