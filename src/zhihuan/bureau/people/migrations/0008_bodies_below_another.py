"""An index of the bodies that have a parent: few, asked for by every page."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_reviewers")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["parent"],
                condition=models.Q(parent__isnull=False),
                name="bodies_below_another",
            ),
        ),
    ]
