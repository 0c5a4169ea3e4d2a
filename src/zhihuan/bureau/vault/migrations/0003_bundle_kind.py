from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_evidence")]

    operations = [
        migrations.AddField(
            model_name="bundle",
            name="kind",
            field=models.CharField(default="evidence", max_length=20, verbose_name="打包内容"),
        ),
    ]
