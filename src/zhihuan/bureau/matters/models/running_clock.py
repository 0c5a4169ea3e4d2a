"""Clocks of a matter: the history is the truth, the due date a copy for lists and scans."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models.event import MatterEvent
from zhihuan.bureau.matters.models.matter import Matter


class RunningClock(models.Model):
    """A clock from the event that started it to the one that ended it.

    code: of the procedure's ``Clock``. limit: code of the time limit, in the edition in force on the
    day it started. since: the moment the law counts from where that is not the step's own (a day of service);
    None where it is. until: the last day as it was decided, None for what the law alone sets. due_at: the first moment too late; None while it stands still. outcome succeeded: neither met nor
    late, for another clock of the same duty goes on, begun earlier or in the matter that this one went into.
    refused_at: when the platform last could not take the step at its end; None where it never tried in vain.
    """

    class Outcome(models.TextChoices):
        RUNNING = "running", _("计时中")
        MET = "met", _("按期完成")
        LATE = "late", _("逾期完成")
        LAPSED = "lapsed", _("随事项终结")
        EXPIRED = "expired", _("到期")
        SUCCEEDED = "succeeded", _("由另一计时接续")

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="clocks", verbose_name=_("事项")
    )
    code = models.CharField(_("计时项"), max_length=40)
    limit = models.CharField(_("法定期限"), max_length=20)
    started = models.ForeignKey(
        MatterEvent,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("起算环节"),
    )
    since = models.DateTimeField(_("法定起算时间"), null=True)
    until = models.DateField(_("决定的届满日"), null=True)
    ended = models.ForeignKey(
        MatterEvent,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("终止环节"),
    )
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.RUNNING)
    last_day = models.DateField(_("届满日"), null=True)
    due_at = models.DateTimeField(_("届满时刻"), null=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    refused_at = models.DateTimeField(_("届满处理未成时间"), null=True)

    class Meta:
        verbose_name = _("计时")
        verbose_name_plural = _("计时")
        ordering = ["due_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "code"],
                condition=models.Q(outcome="running"),
                name="one_clock_of_a_kind_runs",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(outcome="running"), name="clocks_that_run"
            ),
            models.Index(
                fields=["code", "due_at"],
                condition=models.Q(outcome="running"),
                name="clocks_of_a_code_that_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.last_day}"

    @property
    def began_at(self) -> datetime:
        """The moment the law counts from."""
        begun: datetime = self.since or self.started.at
        return begun


class ClockMark(models.Model):
    """Something that moved a clock: it stood still, ran on, or was lengthened.

    happened_at: when that came to pass, where its step was told so and it was written down later (a report that came back);
    None: when the step was taken.
    """

    class Kind(models.TextChoices):
        STOP = "stop", _("中止")
        RESUME = "resume", _("恢复")
        EXTEND = "extend", _("延长")

    clock = models.ForeignKey(
        RunningClock, on_delete=models.PROTECT, related_name="marks", verbose_name=_("计时")
    )
    event = models.ForeignKey(
        MatterEvent,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("引起变动的环节"),
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    reason = models.CharField(_("事由"), max_length=40)
    happened_at = models.DateTimeField(_("实际发生时间"), null=True)

    class Meta:
        verbose_name = _("期限变动")
        verbose_name_plural = _("期限变动")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.reason}"

    @property
    def at(self) -> datetime:
        """The moment from which the clock stood still, ran on or was lengthened."""
        moment: datetime = self.happened_at or self.event.at
        return moment
