"""What is kept of a clue beside the matter itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.models import Organisation
from zhihuan.lines.clues.consequence import Consequence, basis_of


class Clue(Matter):
    """One hint at a violation. Columns hold what was said last; the events hold all that was ever said.

    rule, rule_version: the rule that found it, "" where people did. contradiction: in one sentence, with
    the numbers. consequence, tier: see ``consequence``; "" until somebody or a rule said. score: of the rule,
    0 to 1, None for none. asks_answer: whether somebody must be told the result. found_at: when it was
    first noticed, which may be before it was registered. judged_at, judged_by: of the last verdict. verdict, finding, outcome: "" until judged, checked,
    settled.
    """

    class Source(models.TextChoices):
        ALARM = "alarm", _("自动监测异常")
        COMPLAINT = "complaint", _("投诉举报")
        PATROL = "patrol", _("日常检查巡查")
        TRANSFER = "transfer", _("上级交办、部门移送")
        MEDIA = "media", _("媒体曝光")
        DETECTOR = "detector", _("数据模型识别")

    class Channel(models.TextChoices):
        HOTLINE = "12369", _("12369 热线")
        CITY_HOTLINE = "12345", _("12345 热线")
        LETTER = "letter", _("来信来访")
        NETWORK = "network", _("网络举报")
        OTHER = "other", _("其他")

    class Tier(models.TextChoices):
        A = "A", _("A 级：两类以上证据相互印证")
        B = "B", _("B 级：一类证据较强")
        C = "C", _("C 级：提醒")

    class Verdict(models.TextChoices):
        TRUE = "true", _("有效")
        INNOCENT = "innocent", _("有正当原因")
        UNSURE = "unsure", _("存疑")

    class Finding(models.TextChoices):
        PROVED = "proved", _("属实")
        PARTLY = "partly", _("部分属实")
        NOT_PROVED = "not_proved", _("不属实")
        UNKNOWN = "unknown", _("无法查实")

    class Outcome(models.TextChoices):
        INNOCENT = "innocent", _("研判排除")
        CASE = "case", _("转立案")
        PROVED = "proved", _("查实办结")
        EDUCATION = "education", _("批评教育")
        TRANSFER = "transfer", _("移送其他部门")
        NOT_PROVED = "not_proved", _("查否办结")

    source = models.CharField(_("线索来源"), max_length=10, choices=Source, blank=True)
    channel = models.CharField(_("举报渠道"), max_length=10, choices=Channel, blank=True)
    rule = models.CharField(_("发现规则"), max_length=60, blank=True, db_index=True)
    rule_version = models.CharField(_("规则版本"), max_length=40, blank=True)
    contradiction = models.CharField(_("一句话说明"), max_length=300, blank=True)
    consequence = models.CharField(_("法律后果类别"), max_length=3, choices=Consequence, blank=True)
    tier = models.CharField(_("分级"), max_length=1, choices=Tier, blank=True)
    score = models.FloatField(_("规则得分"), null=True, blank=True)
    found_at = models.DateTimeField(_("发现时间"), null=True, blank=True)
    is_real_name = models.BooleanField(_("实名举报"), default=False)
    asks_answer = models.BooleanField(_("须反馈结果"), default=False)
    verdict = models.CharField(_("研判结论"), max_length=10, choices=Verdict, blank=True)
    judged_at = models.DateTimeField(_("研判时间"), null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # an index of its own begins with it
        related_name="+",
        verbose_name=_("研判人"),
    )
    branch = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承办分局"),
    )
    finding = models.CharField(_("核查结论"), max_length=10, choices=Finding, blank=True)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome, blank=True)
    number = models.CharField(_("线索编号"), max_length=80, blank=True, db_index=True)
    occurrence = models.JSONField(_("异常时段"), default=dict, blank=True)

    #: Findings that make a clue proved.
    PROVED = (Finding.PROVED, Finding.PARTLY)
    #: Found by a machine: these compete for the officers' time, what people bring never does.
    BY_MACHINE = (Source.ALARM, Source.DETECTOR)

    class Meta:
        verbose_name = _("线索")
        verbose_name_plural = _("线索")
        default_permissions = ()
        indexes = [models.Index(fields=["judged_by", "judged_at"], name="clues_by_judge")]

    @property
    def is_proved(self) -> bool:
        """Whether a check found that it is so, wholly or in part."""
        return self.finding in self.PROVED

    def document_facts(self) -> dict[str, Any]:
        """What the templates are told beside the matter, as the steps up to the present one said it: columns
        are written after the documents. Nothing of who reported it, ever."""
        told = self._said()
        branch = Organisation.objects.filter(pk=told.get("branch")).first()
        code = told.get("consequence") or self.consequence
        return {
            "number": self.number,
            "contradiction": told.get("contradiction", ""),
            "source": _label(Clue.Source, told.get("source")),
            "finding": _label(Clue.Finding, told.get("finding")),
            "consequence": _label(Consequence, code),
            "basis": basis_of(code, timezone.localdate(self.opened_at)),
            "branch": branch.name if branch else "",
            "body": self.party_name or (self.town.name if self.town else ""),
        }

    def _said(self) -> dict[str, Any]:
        """What every step said, the last to say a thing heard last; one query."""
        said: dict[str, Any] = {}
        for event in MatterEvent.objects.filter(matter_id=self.pk).order_by("number"):
            said |= event.said
        return said


def _label(choices: Any, code: str | None) -> str:
    return str(choices(code).label) if code else ""
