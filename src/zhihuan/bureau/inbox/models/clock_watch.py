"""Clocks that are watched: how far up the ladder each has been told, and when to look again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town


class ClockWatch(models.Model):
    """A running clock with an end. due_at and last_day as the watch knows them: when the clock's own
    differ, it has moved. told: the highest rung told of this end, 0 for none. next_at: when the next
    rung is due, None for never."""

    class Duty(models.TextChoices):
        BUREAU = "bureau", _("本局")
        PARTY = "party", _("当事人")
        OTHER = "other", _("其他机关")

    clock = models.OneToOneField(
        RunningClock,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="watch",
        verbose_name=_("计时"),
    )
    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="watches", verbose_name=_("事项")
    )
    procedure = models.CharField(_("程序"), max_length=40)
    town = models.ForeignKey(
        Town, on_delete=models.CASCADE, null=True, db_index=False, verbose_name=_("镇街")
    )
    party = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, verbose_name=_("当事人")
    )
    duty = models.CharField(_("责任方"), max_length=10, choices=Duty)
    last_day = models.DateField(_("届满日"))
    due_at = models.DateTimeField(_("届满时刻"))
    told = models.PositiveSmallIntegerField(_("已提醒到第几级"), default=0)
    next_at = models.DateTimeField(_("下次提醒"), null=True)

    SCOPE = ScopeFields(town="town", organisation="party", outside=True)

    class Meta:
        verbose_name = _("期限提醒")
        verbose_name_plural = _("期限提醒")
        ordering = ["due_at", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(next_at__isnull=False),
                name="clocks_to_tell_of",
            ),
            models.Index(fields=["duty", "due_at"], name="clocks_by_end"),
            models.Index(fields=["town", "duty", "due_at"], name="clocks_of_a_town"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.last_day}"
