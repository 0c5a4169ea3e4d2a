"""What is kept of a penalty case beside the matter itself, for lists, statistics and documents. Columns hold
what was said last; the events hold all that was ever said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.identities.keeping import identity_told
from zhihuan.bureau.identities.known import identity_of, numbers_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.enforcement.party_facts import party_facts
from zhihuan.lines.enforcement.wording import words_of

__all__ = ["PenaltyCase", "PenaltyKind"]


class PenaltyKind(models.TextChoices):
    """Kinds of penalties. Source: 行政处罚法 §9; 生态环境行政处罚办法 §8."""

    WARNING = "warning", _("警告")
    CRITICISM = "criticism", _("通报批评")
    FINE = "fine", _("罚款")
    CONFISCATION = "confiscation", _("没收违法所得、没收非法财物")
    REVOKE = "revoke", _("暂扣许可证件、降低资质等级、吊销许可证件")
    RESTRICT = "restrict", _("限制开展生产经营活动")
    STOP = "stop", _("责令停产停业整治")
    CLOSE = "close", _("责令停业、关闭")
    BAN = "ban", _("限制从业、禁止从业")


class PenaltyCase(Matter):
    """A case of the ordinary or the simple procedure. Amounts in yuan.

    act_from, act_until: the conduct's first and last day; found_on: when the bureau found it; has_harm: pollution
    or damage came of it; is_person: the party is a natural person. filed_on: when it was filed. is_weighty: review
    found that the law asks for a legal review. notified_*: what the party was told before the decision, the bound of
    what may be decided. apology_rate: the share that an apology took off. fine: what was decided, None before; paid: of
    fine and surcharge together; gains: illegal gains that were confiscated, beside the fine, None for none; gains_paid: of
    them alone; pay_by: the last day to pay. contested: review or a lawsuit is open. overturned: the
    decision was revoked. ending: how it ended. discretion_case: the table or
    case type by which the proposed fine was reckoned, "" for none.
    """

    class Source(models.TextChoices):
        CHECK = "check", _("日常检查")
        MONITORING = "monitoring", _("自动监测异常")
        COMPLAINT = "complaint", _("信访举报")
        ASSIGNED = "assigned", _("上级交办")
        TRANSFERRED = "transferred", _("其他机关移送")
        MEDIA = "media", _("媒体曝光")
        REMOTE = "remote", _("无人机、卫星遥感")
        TOUR = "tour", _("督察巡查")

    class Ending(models.TextChoices):
        PERFORMED = "performed", _("履行完毕")
        ENFORCED = "enforced", _("法院强制执行完毕")
        EXECUTION_ENDED = "execution_ended", _("终结执行")
        REVOKED = "revoked", _("决定被撤销")
        NO_PENALTY = "no_penalty", _("不予处罚")

    source = models.CharField(_("线索来源"), max_length=12, choices=Source, blank=True)
    found_on = models.DateField(_("发现日期"), null=True, blank=True)
    act_from = models.DateField(_("行为开始日期"), null=True, blank=True)
    act_until = models.DateField(_("行为终了日期"), null=True, blank=True)
    has_harm = models.BooleanField(_("造成危害后果"), default=False)
    is_person = models.BooleanField(_("当事人为自然人"), default=False)
    case_type = models.CharField(_("案由"), max_length=120, blank=True, db_index=True)
    is_new_law = models.BooleanField(_("适用生态环境法典"), default=False)
    fine = models.DecimalField(
        _("罚款金额"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    gains = models.DecimalField(
        _("没收违法所得"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    decided_on = models.DateField(_("决定日期"), null=True, blank=True, db_index=True)
    number = models.CharField(_("决定书文号"), max_length=80, blank=True, db_index=True)
    served_on = models.DateField(_("决定书送达日期"), null=True, blank=True)
    paid = models.DecimalField(_("已缴金额"), max_digits=14, decimal_places=2, default=0)
    gains_paid = models.DecimalField(_("已缴没收款"), max_digits=14, decimal_places=2, default=0)
    filed_on = models.DateField(_("立案日期"), null=True, blank=True, db_index=True)
    proposed_fine = models.DecimalField(
        _("拟处罚款"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    proposed_gains = models.DecimalField(
        _("拟没收违法所得"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    is_weighty = models.BooleanField(_("须法制审核"), default=False)
    must_discuss = models.BooleanField(_("须集体讨论"), default=False)
    notified_fine = models.DecimalField(
        _("告知的罚款金额"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    notified_gains = models.DecimalField(
        _("告知的没收违法所得"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    hearing_told = models.BooleanField(_("已告知听证权利"), default=False)
    hearing_held = models.BooleanField(_("已听证"), default=False)
    apology_rate = models.DecimalField(
        _("公开道歉从轻比例"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    pay_by = models.DateField(_("缴款截止日期"), null=True, blank=True)
    deferred_until = models.DateField(_("延期（分期）截止日期"), null=True, blank=True)
    contested = models.BooleanField(_("复议、诉讼中"), default=False)
    overturned = models.BooleanField(_("决定被撤销"), default=False)
    ending = models.CharField(_("结案方式"), max_length=20, choices=Ending, blank=True)
    discretion_case = models.CharField(_("裁量情形"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("行政处罚案件")
        verbose_name_plural = _("行政处罚案件")
        default_permissions = ()
        indexes = [  # the newest decided ones of a kind, whoever looks for similar cases
            models.Index(
                fields=["discretion_case", "-decided_on"],
                condition=models.Q(decided_on__isnull=False),
                name="decided_by_table",
            ),
            models.Index(
                fields=["case_type", "-decided_on"],
                condition=models.Q(decided_on__isnull=False),
                name="decided_by_type",
            ),
        ]

    @property
    def review_first(self) -> bool:
        """Whether a review comes before a lawsuit: of a penalty on the spot. Source: 行政复议法 (2023) §23(1)(1)."""
        return self.procedure == "simple_case"

    @property
    def conduct_until(self) -> date | None:
        """For the self-check of the file: by which law the conduct may be judged."""
        return self.act_until

    @property
    def needs_identity(self) -> bool:
        """For the self-check of the file: whether papers name the party by an identity document."""
        return self.is_person

    @property
    def identity_numbers(self) -> tuple[str, ...]:
        """For the self-check of the file: what counts now, then what was registered before. In clear."""
        found = identity_of(self)
        now = [found.number] if found is not None and found.sealed_number else []
        return tuple(dict.fromkeys([*now, *numbers_of(self)]))

    def cover_facts(self) -> dict[str, str]:
        """What the cover of its file says beside the matter; days as ISO text, "" for what is not there."""
        said = {each.step: each.said for each in self.events.filter(step="close")}
        report = self.events.filter(step="report").order_by("number").last()
        handlers = report.officers if report else []
        filed = self.filed_on.isoformat() if self.filed_on else ""
        fine = f"罚款 {self.fine:,.2f} 元" if self.fine else ""
        gains = f"没收违法所得 {self.gains:,.2f} 元" if self.gains else ""
        ended = self.get_ending_display() if self.ending else ""  # type: ignore[attr-defined]
        return {
            "case_type": self.case_type,
            "number": self.number,
            "outcome": "；".join(each for each in (fine, gains, str(ended)) if each),
            "handlers": "、".join(each["name"] for each in handlers),
            "archived": str(said.get("close", {}).get("archived") or ""),
            **({"begun": filed} if filed else {}),
        }

    def document_facts(self) -> dict[str, Any]:
        """What the templates are told beside the matter; days as ISO text, "" for what is not there."""
        notice = (
            MatterDocument.objects.filter(matter_id=self.pk, code="notice").order_by("pk").last()
        )
        served = served_on(self, "notice")
        return {
            **party_facts(self, identity_of(self)),
            "words": words_of(self.procedure, self.edition),
            "notice_number": str(notice.number) if notice and notice.number else "",
            "notice_served_on": served.isoformat() if served else "",
        }

    def document_facts_told(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Who the party is, where the step that makes the document is the one that is told."""
        told = identity_told(self, answers)
        return party_facts(self, told) if told is not None else {}
