import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("people", "0003_paths_and_grants"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="about",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.organisation",
                verbose_name="所属档案",
            ),
        ),
    ]
