import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0002_history_outlives"),
        ("people", "0005_closed_organisations"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="left",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.organisation",
                verbose_name="离开的档案",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("left__isnull", False)),
                fields=["left", "id"],
                name="what_left_a_file",
            ),
        ),
    ]
