from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Town",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=9, primary_key=True, serialize=False, verbose_name="区划代码"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("subdistrict", "街道"), ("town", "镇")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("pinyin", models.CharField(max_length=60, verbose_name="拼音")),
                ("lon", models.FloatField(verbose_name="经度（WGS-84）")),
                ("lat", models.FloatField(verbose_name="纬度（WGS-84）")),
                (
                    "former",
                    models.JSONField(blank=True, default=list, verbose_name="曾用名与旧代码"),
                ),
                ("abolished", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
            ],
            options={
                "verbose_name": "镇街",
                "verbose_name_plural": "镇街",
                "ordering": ["code"],
                "default_permissions": (),
            },
        ),
    ]
