from typing import Any

from django.db import migrations, models


def begin_the_turns(apps: Any, _editor: Any) -> None:
    """Those that wait already were last tried when they were last judged, as far as anybody knows."""
    waiting = apps.get_model("exceedance", "Episode").objects.exclude(stuck="")
    waiting.update(tried_at=models.F("judged_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("exceedance", "0002_stuck_episodes"),
        ("matters", "0004_next_due"),
        ("registry", "0009_list_orders"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="episode",
            name="episodes_stuck",
        ),
        migrations.AddField(
            model_name="episode",
            name="tried_at",
            field=models.DateTimeField(null=True, verbose_name="上次尝试转线索时间"),
        ),
        migrations.RunPython(begin_the_turns, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                fields=["tried_at", "id"],
                condition=models.Q(("stuck", ""), _negated=True),
                name="episodes_stuck_by_turn",
            ),
        ),
    ]
