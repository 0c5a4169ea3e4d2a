"""Lists of matters can be ordered by the end that comes first: it stands on the matter's row."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, Min, OuterRef, Subquery


def copy(apps: Any, _schema: Any) -> None:
    """As ``engine.next_due`` does from now on."""
    clocks = apps.get_model("matters", "RunningClock").objects
    running = clocks.filter(matter=OuterRef("pk"), outcome="running", due_at__isnull=False)
    first = running.order_by().values("matter").annotate(first=Min("due_at")).values("first")
    rows = apps.get_model("matters", "Matter").objects.filter(Exists(running))
    rows.update(next_due_at=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_clocks_since")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="next_due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="最近届满时刻"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("next_due_at__isnull", False)),
                fields=["next_due_at", "id"],
                name="matters_by_due",
            ),
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
