"""Change sets (one act of somebody) and the changes of single records in them: appended only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeSet(models.Model):
    """One act: an edit, a batch edit, an import, an undo. ``undoes`` names what an undo takes back."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("编辑")
        BATCH = "batch", _("批量修改")
        IMPORT = "import", _("导入")
        UNDO = "undo", _("撤销")
        PLATFORM = "platform", _("平台")

    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    kind = models.CharField(_("方式"), max_length=10, choices=Kind, default=Kind.EDIT)
    why = models.CharField(_("事由"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True, help_text=_("导入文件名"))
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("撤销的变更"),
    )

    class Meta:
        verbose_name = _("变更")
        verbose_name_plural = _("变更")
        ordering = ["-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()} {self.why}".strip()


class Change(models.Model):
    """One record changed: the fields that differ, as they were and as they became.

    ``model`` is ``app.model`` in lower case. ``about`` is the organisation whose file the change
    belongs in (null: none), ``left`` the one it went away from with this change. A record that did not
    exist, or no longer does, has null on that side.
    """

    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="changes", verbose_name=_("变更")
    )
    model = models.CharField(_("类别"), max_length=60)
    object_id = models.CharField(_("编号"), max_length=40)
    # What is told outlives what it tells of: an organisation may be deleted, its history stays.
    about = models.ForeignKey(
        "people.Organisation",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("所属档案"),
    )
    left = models.ForeignKey(
        "people.Organisation",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("离开的档案"),
    )
    title = models.CharField(_("名称"), max_length=160, blank=True)
    before = models.JSONField(_("变更前"), null=True)
    after = models.JSONField(_("变更后"), null=True)

    class Meta:
        verbose_name = _("变更内容")
        verbose_name_plural = _("变更内容")
        ordering = ["id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["model", "object_id", "id"]),
            models.Index(fields=["about", "id"]),
            models.Index(
                fields=["left", "id"],
                condition=models.Q(left__isnull=False),
                name="what_left_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
