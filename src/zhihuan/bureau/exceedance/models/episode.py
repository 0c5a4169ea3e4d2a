"""An episode (超标过程): exceeding hours or days of one factor at one outlet, and where it stands."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models import MonitoringPoint


class Episode(models.Model):
    """Found by the platform, renewed as data come; its stage is moved by people and by clocks.

    first_at, end_at: from the start of its first exceeding period to the end of its last. periods:
    how many exceed; standing: how many still do after the discharger's marks. worst_value, excess: in the
    factor's unit; multiple: 超标倍数, None where there is none (pH). derivation: of the worst period, as
    ``standards.derivation`` writes it, with the law of its date. due_at: until when whoever has the next
    move must have made it, None for nobody. clue: the matter it was raised as, None where no line took it.
    stuck: why a line that was to take it could not, "" where nothing holds it up; tried again by
    turns, tried_at: when last.
    """

    class Span(models.TextChoices):
        HOUR = "hour", _("小时均值")
        DAY = "day", _("日均值")

    class Stage(models.TextChoices):
        WARNED = "warned", _("已预警")
        EXPLAINING = "explaining", _("待企业说明")
        VERIFYING = "verifying", _("待核实")
        RAISED = "raised", _("已转线索")
        CLOSED = "closed", _("已了结")

    class Outcome(models.TextChoices):
        TRUE = "true", _("属实")
        INNOCENT = "innocent", _("有正当原因")
        FALSE_ALARM = "false_alarm", _("误报")
        MARKED = "marked", _("已按规定标记")
        WITHDRAWN = "withdrawn", _("重新判定后不再超标")
        MERGED = "merged", _("并入另一过程")

    #: What only the platform says: data or marks may undo it.
    BY_THE_PLATFORM = (Outcome.MARKED, Outcome.WITHDRAWN, Outcome.MERGED)

    point = models.ForeignKey(
        MonitoringPoint,
        on_delete=models.PROTECT,
        db_index=False,  # an index of its own begins with it
        related_name="episodes",
        verbose_name=_("超标点位"),
    )
    factor = models.CharField(_("超标因子"), max_length=20)
    span = models.CharField(_("评价时段"), max_length=4, choices=Span)
    warning = models.BooleanField(_("仅预警"), default=False)
    first_at = models.DateTimeField(_("超标开始"))
    end_at = models.DateTimeField(_("超标结束"))
    periods = models.PositiveIntegerField(_("超标时段数"))
    standing = models.PositiveIntegerField(_("扣除标记后的时段数"))
    worst_at = models.DateTimeField(_("最严重时段"))
    worst_value = models.FloatField(_("最严重值"))
    excess = models.FloatField(_("超出限值"))
    multiple = models.FloatField(_("最大超标倍数"), null=True)
    limit_words = models.CharField(_("适用限值"), max_length=60)
    basis = models.CharField(_("限值依据"), max_length=220)
    derivation = models.JSONField(_("判定依据与过程"))
    large = models.BooleanField(_("大幅超标"), default=False)
    repeated = models.BooleanField(_("反复超标"), default=False)
    late_mark = models.BooleanField(_("有逾期标记"), default=False)
    stage = models.CharField(_("处置阶段"), max_length=12, choices=Stage)
    outcome = models.CharField(_("核实结果"), max_length=12, choices=Outcome, blank=True)
    due_at = models.DateTimeField(_("本阶段时限"), null=True)
    found_at = models.DateTimeField(_("平台发现时间"), default=timezone.now)
    judged_at = models.DateTimeField(_("最近判定时间"), default=timezone.now)
    answered_at = models.DateTimeField(_("企业答复时间"), null=True)
    stuck = models.CharField(_("未能转线索的原因"), max_length=200, blank=True, default="")
    tried_at = models.DateTimeField(_("上次尝试转线索时间"), null=True)
    clue = models.ForeignKey(
        Matter,
        on_delete=models.PROTECT,
        null=True,
        related_name="episodes",
        verbose_name=_("转出的线索"),
    )

    SCOPE = ScopeFields(town="point__town", organisation="point__site__enterprise", outside=True)

    class Meta:
        verbose_name = _("超标过程")
        verbose_name_plural = _("超标过程")
        ordering = ["-first_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["point", "factor", "span", "first_at"], name="episodes_of_an_outlet"
            ),
            models.Index(fields=["-first_at", "-id"], name="episodes_newest"),
            models.Index(fields=["stage", "-first_at", "-id"], name="episodes_by_stage"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(due_at__isnull=False),
                name="episodes_by_due",
            ),
            models.Index(
                fields=["tried_at", "id"],
                condition=~models.Q(stuck=""),
                name="episodes_stuck_by_turn",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_at__gt=models.F("first_at")),
                name="an_episode_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.factor} {self.first_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.stage in (self.Stage.EXPLAINING, self.Stage.VERIFYING)
