"""Towns become rows of their own: points and sites get a reference beside the spelled name."""

import django.db.models.deletion
from django.db import migrations, models


def _town(related_name):
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="places.town",
        verbose_name="镇街",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_initial"),
        ("registry", "0002_logger_id"),
    ]

    operations = [
        migrations.RenameField("site", "town", "town_name"),
        migrations.RenameField("monitoringpoint", "town", "town_name"),
        migrations.AddField("site", "town", _town("sites")),
        migrations.AddField("monitoringpoint", "town", _town("points")),
    ]
