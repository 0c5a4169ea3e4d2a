from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0003_duty_of_others"),
    ]

    operations = [
        migrations.CreateModel(
            name="Renewal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("procedure", models.CharField(max_length=40, verbose_name="更新所涉程序")),
                ("edition", models.CharField(max_length=20, verbose_name="更新所涉版本")),
                ("shape", models.CharField(max_length=64, verbose_name="更新后摘要")),
                ("reached", models.BigIntegerField(default=0, verbose_name="已更新至事项")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已更新件数")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="应更新件数")),
                ("moved_at", models.DateTimeField(verbose_name="最近更新时间")),
            ],
            options={
                "verbose_name": "待办更新",
                "verbose_name_plural": "待办更新",
                "ordering": ["procedure", "edition"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("procedure", "edition"), name="one_renewal_of_an_edition"
                    )
                ],
            },
        ),
    ]
