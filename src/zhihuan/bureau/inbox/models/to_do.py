"""To-dos (待办): a row for each running matter and each role that may go on with it.

A copy, kept by ``keeping`` with every step, so that anybody's inbox is a few walks along an index and
no search among a million matters. What a row says can always be had anew from the matter.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.inbox.risk import Stage
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town


class ToDo(models.Model):
    """``matter`` waits for the holders of ``role`` who reach it by ``reach``.

    procedure, town, party: of the matter. stage, at, clock: see ``risk.Rank``. warn_at: when it moves
    up to PRESSING, None when it does not. since: when it came into its state. holder: who took the
    matter on; held says the same for the indexes.
    """

    matter = models.ForeignKey(
        Matter, models.CASCADE, db_index=False, related_name="to_dos", verbose_name=_("事项")
    )
    role = models.CharField(_("待办角色"), max_length=40)
    reach = models.PositiveSmallIntegerField(
        _("办理范围"), choices=[(each.value, each.text) for each in Reach]
    )
    procedure = models.CharField(_("程序"), max_length=40)
    town = models.ForeignKey(
        Town, on_delete=models.CASCADE, null=True, db_index=False, verbose_name=_("镇街")
    )
    party = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, db_index=False, verbose_name=_("当事人")
    )
    stage = models.PositiveSmallIntegerField(
        _("风险次序"), choices=[(each.value, each.name) for each in Stage]
    )
    at = models.DateTimeField(_("排序时刻"))
    warn_at = models.DateTimeField(_("提醒时刻"), null=True)
    since = models.DateTimeField(_("等待自"))
    clock = models.ForeignKey(
        RunningClock,
        on_delete=models.CASCADE,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("计时"),
    )
    held = models.BooleanField(_("已领取"), default=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("经办人"),
    )

    SCOPE = ScopeFields(town="town", organisation="party", outside=True)

    class Meta:
        verbose_name = _("待办")
        verbose_name_plural = _("待办")
        ordering = ["stage", "at", "matter"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "role"], name="a_matter_waits_once_for_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(held=True, holder__isnull=False)
                | models.Q(held=False, holder__isnull=True),
                name="a_held_matter_has_a_holder",
            ),
        ]
        indexes = [
            models.Index(
                fields=["role", "reach", "held", "stage", "at", "matter"], name="to_dos_of_the_city"
            ),
            models.Index(
                fields=["role", "reach", "town", "held", "stage", "at", "matter"],
                name="to_dos_of_a_town",
            ),
            models.Index(
                fields=["role", "procedure", "held", "stage", "at", "matter"],
                name="to_dos_of_a_procedure",
            ),
            models.Index(
                fields=["party", "role", "stage", "at"],
                condition=models.Q(party__isnull=False),
                name="to_dos_of_a_party",
            ),
            models.Index(
                fields=["holder", "stage", "at"],
                condition=models.Q(held=True),
                name="to_dos_in_hand",
            ),
            models.Index(
                fields=["warn_at"],
                condition=models.Q(warn_at__isnull=False),
                name="to_dos_to_move_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} · {self.role}"


class Barred(models.Model):
    """``user`` may take none of the steps that ``role`` has in the matter now (分离制度)."""

    matter = models.ForeignKey(
        Matter, models.CASCADE, db_index=False, related_name="+", verbose_name=_("事项")
    )
    role = models.CharField(_("待办角色"), max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("回避人员"),
    )

    class Meta:
        verbose_name = _("办理回避")
        verbose_name_plural = _("办理回避")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "role", "user"], name="barred_once_from_a_to_do"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} · {self.role} · {self.user_id}"
