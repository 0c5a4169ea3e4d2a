"""What is searched, as text: one entry for each record that can be found, and its codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """What one record is found by. ``id``: see ``SearchedModel.key_of``; the columns hold text as
    ``text.py`` and ``readings.py`` write it.

    SQLite keeps FTS5 indexes of this table by triggers, PostgreSQL trigram indexes: a migration
    that makes the table anew (SQLite does, for most changes of columns) must make them anew too.
    """

    id = models.BigIntegerField(primary_key=True)
    name = models.TextField(_("名称"), blank=True)
    texts = models.TextField(_("其他文字"), blank=True)
    letters = models.TextField(_("拼音"), blank=True)
    codes = models.TextField(_("编码"), blank=True)

    COLUMNS = ("name", "texts", "letters", "codes")

    class Meta:
        verbose_name = _("搜索条目")
        verbose_name_plural = _("搜索条目")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Code(models.Model):
    """One code of a record, plain. ``kind``: the number of its model; ``is_whole``: found by nothing
    but the whole of it."""

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("搜索条目")
    )
    kind = models.PositiveIntegerField(_("类别"))
    code = models.CharField(_("编码"), max_length=200)
    is_whole = models.BooleanField(_("整值"), default=False)

    class Meta:
        verbose_name = _("搜索编码")
        verbose_name_plural = _("搜索编码")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["entry", "code"], name="one_row_per_code_of_an_entry")
        ]
        indexes = [
            # of its own collation: codes are plain ASCII or a plate, sought by their beginning
            models.Index(fields=["kind", "code", "entry"], name="search_code_begins"),
        ]

    def __str__(self) -> str:
        return self.code
