"""The discharger's marks and what the bureau said of them, both appended.

Source: 《污染物排放自动监测设备标记规则》, in force 2023-01-01; its text is not at hand, see the parameters
under ``exceedance/``.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.vault.models import StoredFile


class DataMark(AppendOnly):
    """A mark of an outlet's monitoring over [start_at, end_at).

    factor: "" for every factor. kind: a code of ``exceedance/discharger_mark``. supersedes: the mark it
    takes the place of, each once; withdraws: it only takes that one back. late: made after ``deadline_at``,
    as the rule of that day had it; both are kept as they were when it was made.
    """

    REFUSAL = "marks are appended, never changed or deleted; make one that supersedes it"

    class Source(models.TextChoices):
        MANUAL = "manual", _("人工标记")
        AUTOMATIC = "automatic", _("自动标记")

    point = models.ForeignKey(
        MonitoringPoint,
        on_delete=models.PROTECT,
        db_index=False,  # an index of its own begins with it
        related_name="data_marks",
        verbose_name=_("标记点位"),
    )
    factor = models.CharField(_("标记因子"), max_length=20, blank=True)
    kind = models.CharField(_("标记种类"), max_length=20)
    source = models.CharField(_("标记方式"), max_length=10, choices=Source, default=Source.MANUAL)
    start_at = models.DateTimeField(_("标记时段自"))
    end_at = models.DateTimeField(_("标记时段至"))
    reason = models.CharField(_("标记事由"), max_length=500)
    evidence = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("标记佐证"),
    )
    made_at = models.DateTimeField(_("标记时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("标记人"),
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="successor",
        verbose_name=_("取代的标记"),
    )
    withdraws = models.BooleanField(_("仅撤回"), default=False)
    deadline_at = models.DateTimeField(_("标记截止时刻"))
    late = models.BooleanField(_("逾期标记"))

    SCOPE = ScopeFields(town="point__town", organisation="point__site__enterprise", outside=True)

    class Meta:
        verbose_name = _("自动监测数据标记")
        verbose_name_plural = _("自动监测数据标记")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["point", "start_at"], name="marks_of_an_outlet"),
            models.Index(fields=["-made_at", "-id"], name="marks_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_at__gt=models.F("start_at")),
                name="a_mark_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(withdraws=False) | models.Q(supersedes__isnull=False),
                name="a_withdrawal_names_its_mark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.kind} {self.start_at:%Y-%m-%d %H:%M}"


class MarkReview(AppendOnly):
    """What the bureau said of a mark; of several the newest counts."""

    REFUSAL = "reviews of marks are appended, never changed or deleted; review the mark again"

    mark = models.ForeignKey(
        DataMark, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("所核标记")
    )
    accepted = models.BooleanField(_("标记成立"))
    reason = models.CharField(_("核定理由"), max_length=500)
    at = models.DateTimeField(_("核定时间"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("核定人"),
    )

    class Meta:
        verbose_name = _("标记核定")
        verbose_name_plural = _("标记核定")
        ordering = ["mark", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.mark_id} {self.accepted}"
