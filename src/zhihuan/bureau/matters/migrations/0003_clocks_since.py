"""A clock may count from a day that its step was told, such as a day of service."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_fewer_indexes")]

    operations = [
        migrations.AddField(
            model_name="runningclock",
            name="since",
            field=models.DateTimeField(null=True, verbose_name="法定起算时间"),
        )
    ]
