"""Manual monitoring of an outlet, entered by the branch beside an episode, appended.

Source: 生态环境行政处罚办法（部令第30号）§30.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.vault.models import StoredFile


class ManualResult(AppendOnly):
    """A value of one factor out of a monitoring report.

    sampled_from, sampled_until: the same where it was taken at one moment. value: in ``unit``, which is the
    factor's own, never converted; of flue gas at reference oxygen where its limit is. below: the value is the detection limit that
    the result lies under. lawful: by the statutory standards and methods, which the branch answers for. visit: the inspection in
    which it was sampled, None for another occasion. supersedes: what it takes back, each once; withdraws: that is all it does.
    """

    REFUSAL = (
        "manual results are appended, never changed or deleted; take it back and enter it anew"
    )

    point = models.ForeignKey(
        MonitoringPoint,
        on_delete=models.PROTECT,
        db_index=False,  # an index of its own begins with it
        related_name="manual_results",
        verbose_name=_("手工监测点位"),
    )
    factor = models.CharField(_("手工监测因子"), max_length=20)
    sampled_from = models.DateTimeField(_("采样开始时间"))
    sampled_until = models.DateTimeField(_("采样结束时间"))
    value = models.FloatField(_("手工监测值"))
    below = models.BooleanField(_("低于检出限"), default=False)
    unit = models.CharField(_("手工监测单位"), max_length=20, blank=True)
    method = models.CharField(_("监测方法标准"), max_length=120)
    lawful = models.BooleanField(_("符合法定监测标准和方法"))
    agency = models.CharField(_("手工监测机构"), max_length=120)
    report_number = models.CharField(_("监测报告编号"), max_length=60)
    sample_code = models.CharField(_("手工样品编号"), max_length=60, blank=True)
    report = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("监测报告文件")
    )
    visit = models.ForeignKey(
        Matter,
        on_delete=models.PROTECT,
        null=True,
        related_name="manual_results",
        verbose_name=_("采样所在的检查"),
    )
    reason = models.CharField(_("撤回录入的理由"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("录入时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("录入人"),
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="successor",
        verbose_name=_("撤回的录入"),
    )
    withdraws = models.BooleanField(_("仅撤回录入"), default=False)

    SCOPE = ScopeFields(town="point__town", organisation="point__site__enterprise", outside=True)

    class Meta:
        verbose_name = _("手工监测结果")
        verbose_name_plural = _("手工监测结果")
        ordering = ["-sampled_from", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["point", "factor", "sampled_from"], name="manual_results_in_time")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sampled_until__gte=models.F("sampled_from")),
                name="a_sample_ends_no_sooner_than_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(withdraws=False) | models.Q(supersedes__isnull=False),
                name="a_taken_back_result_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_number} {self.factor} {self.sampled_from:%Y-%m-%d %H:%M}"
