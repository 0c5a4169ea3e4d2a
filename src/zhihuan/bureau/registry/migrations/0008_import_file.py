import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("registry", "0007_site_of_an_enterprise"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(max_length=20, verbose_name="类别")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("content", models.BinaryField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64, verbose_name="摘要（SHA-256）")),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="上传时间"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "校验中"),
                            ("checked", "待确认"),
                            ("refused", "无法读取"),
                            ("applying", "导入中"),
                            ("applied", "已导入"),
                            ("failed", "导入失败"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="状态始于"
                    ),
                ),
                ("summary", models.JSONField(default=dict, verbose_name="校验结果")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="预览摘要")),
                ("trouble", models.TextField(blank=True, verbose_name="原因")),
                (
                    "change_set",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_file",
                        to="history.changeset",
                        verbose_name="变更",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_files",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入文件",
                "verbose_name_plural": "导入文件",
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
    ]
