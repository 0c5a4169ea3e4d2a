import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, verbose_name="时间"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edit", "编辑"),
                            ("batch", "批量修改"),
                            ("import", "导入"),
                            ("undo", "撤销"),
                            ("platform", "平台"),
                        ],
                        default="edit",
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="导入文件名", max_length=200, verbose_name="来源"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="history.changeset",
                        verbose_name="撤销的变更",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更",
                "verbose_name_plural": "变更",
                "ordering": ["-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=60, verbose_name="类别")),
                ("object_id", models.CharField(max_length=40, verbose_name="编号")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="名称")),
                ("before", models.JSONField(null=True, verbose_name="变更前")),
                ("after", models.JSONField(null=True, verbose_name="变更后")),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="所属档案",
                    ),
                ),
                (
                    "change_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="history.changeset",
                        verbose_name="变更",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更内容",
                "verbose_name_plural": "变更内容",
                "ordering": ["id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["model", "object_id", "id"], name="history_cha_model_7b1ffa_idx"
                    ),
                    models.Index(fields=["about", "id"], name="history_cha_about_i_d930e3_idx"),
                ],
            },
        ),
    ]
