"""Each point and site refers to the town it spelled; an unknown name is told, not guessed."""

import csv

from django.conf import settings
from django.db import migrations

from zhihuan.bureau.places.packaged import find_city


def refer(apps, schema_editor):
    using = schema_editor.connection.alias
    town = apps.get_model("places", "Town")
    with (find_city(settings.ZHIHUAN_CITY) / "towns.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [
            dict(row, former=[n for n in row["former"].split(";") if n])
            for row in csv.DictReader(file)
        ]
    town.objects.using(using).bulk_create([town(**row) for row in rows], ignore_conflicts=True)
    codes = {name: row["code"] for row in rows for name in (row["name"], *row["former"])}
    for model in ("site", "monitoringpoint"):
        table = apps.get_model("registry", model).objects.using(using)
        for name in table.values_list("town_name", flat=True).distinct():
            if name not in codes:
                raise ValueError(
                    f"{model}: the town {name!r} is not in the city's towns.csv; set ZHIHUAN_CITY to "
                    "the folder of your city, or correct the name, and migrate again"
                )
            table.filter(town_name=name).update(town_id=codes[name])


def spell(apps, schema_editor):
    using = schema_editor.connection.alias
    for model in ("site", "monitoringpoint"):
        for row in apps.get_model("registry", model).objects.using(using).select_related("town"):
            row.town_name = row.town.name
            row.save(update_fields=["town_name"])


class Migration(migrations.Migration):
    # Apart from the change of columns: PostgreSQL alters no table with rows still to be checked.
    dependencies = [("registry", "0003_towns")]
    operations = [migrations.RunPython(refer, spell)]
