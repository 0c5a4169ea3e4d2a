"""To-dos of a procedure that are being made anew: what was written down to be done, and how far it came."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Renewal(models.Model):
    """There while it lasts, one an edition. shape: what the to-dos become (``KnownShape.shape``). reached: the
    greatest key of a matter that is done. done, total: matters. moved_at: when a portion was done last; a
    renewal that nobody works on stands still there."""

    procedure = models.CharField(_("更新所涉程序"), max_length=40)
    edition = models.CharField(_("更新所涉版本"), max_length=20)
    shape = models.CharField(_("更新后摘要"), max_length=64)
    reached = models.BigIntegerField(_("已更新至事项"), default=0)
    done = models.PositiveIntegerField(_("已更新件数"), default=0)
    total = models.PositiveIntegerField(_("应更新件数"), default=0)
    moved_at = models.DateTimeField(_("最近更新时间"))

    class Meta:
        verbose_name = _("待办更新")
        verbose_name_plural = _("待办更新")
        ordering = ["procedure", "edition"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "edition"], name="one_renewal_of_an_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.edition} {self.done}/{self.total}"
