"""Entries, and the engine's indexes over them."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from zhihuan.bureau.search.engines import engine_of
from zhihuan.bureau.search.sqlite import INDEXES


def prepare(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        engine_of(schema_editor.connection.alias).prepare(cursor)


def undo(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":  # triggers and indexes go with the table
        for index in INDEXES:
            schema_editor.execute(f"DROP TABLE {index}")


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField(blank=True, verbose_name="名称")),
                ("texts", models.TextField(blank=True, verbose_name="其他文字")),
                ("letters", models.TextField(blank=True, verbose_name="拼音")),
                ("codes", models.TextField(blank=True, verbose_name="编码")),
            ],
            options={
                "verbose_name": "搜索条目",
                "verbose_name_plural": "搜索条目",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="+",
                        to="search.entry",
                        verbose_name="搜索条目",
                    ),
                ),
                ("kind", models.PositiveIntegerField(verbose_name="类别")),
                ("code", models.CharField(max_length=200, verbose_name="编码")),
                ("is_whole", models.BooleanField(default=False, verbose_name="整值")),
            ],
            options={
                "verbose_name": "搜索编码",
                "verbose_name_plural": "搜索编码",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["entry", "code"], name="one_row_per_code_of_an_entry"
                    )
                ],
                "indexes": [
                    models.Index(fields=["kind", "code", "entry"], name="search_code_begins")
                ],
            },
        ),
        migrations.RunPython(prepare, undo),
    ]
