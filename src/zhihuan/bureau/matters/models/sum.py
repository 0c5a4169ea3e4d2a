"""How many matters there are of each kind, for the figures of a year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.places.models import Town
from zhihuan.bureau.sums.kept import KeptSum

__all__ = ["MatterSum"]


class MatterSum(KeptSum):
    """Matters of a procedure that were opened in a month (its first day, Beijing), by town, state and pace.

    late_from: the moment from which the bureau is late in them (``engine.pace``): None for never, as things stand.
    is_met: one of the bureau's limits was met in time.
    """

    KEY = ("procedure", "opened", "town_id", "state", "late_from", "is_met")
    SHELF = ("procedure", "opened")

    procedure = models.CharField(_("程序"), max_length=40)
    opened = models.DateField(_("登记月份"))
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("镇街")
    )  # fmt: skip
    state = models.CharField(_("办理状态"), max_length=40)
    late_from = models.DateTimeField(_("逾期起始时刻"), null=True)
    is_met = models.BooleanField(_("有按期完成的期限"), default=False)

    class Meta:
        verbose_name = _("事项合计")
        verbose_name_plural = _("事项合计")
        default_permissions = ()
        indexes = [
            models.Index(fields=["procedure", "opened"], name="matter_sums_of_a_year"),
            models.Index(
                fields=["id"], condition=models.Q(is_folded=False), name="matter_sums_to_fold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.opened} {self.state} {self.count:+}"
