"""A penalty on the spot was served with its decision: cases decided before this was kept are told so, with the last day to
pay as their clock had it."""

from django.db import migrations


def serve(apps, _schema_editor):
    """Cases of the simple procedure that were decided and have no day of service."""
    cases = apps.get_model("enforcement", "PenaltyCase").objects
    clocks = apps.get_model("matters", "RunningClock").objects
    rows = cases.filter(procedure="simple_case", decided_on__isnull=False, served_on__isnull=True)
    for case in rows.iterator():
        clock = clocks.filter(matter=case.pk, code="pay").order_by("pk").last()
        last = clock.last_day if clock is not None else None
        cases.filter(pk=case.pk).update(served_on=case.decided_on, pay_by=last)


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0003_confiscated_gains"),
        ("matters", "0004_next_due"),
    ]

    operations = [migrations.RunPython(serve, migrations.RunPython.noop)]
