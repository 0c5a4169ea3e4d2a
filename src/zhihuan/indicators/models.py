"""Acts that figures count: a row for each step that counts, for each kind of act; and how many there are.

A copy, kept by ``keeping`` with every step, so that a figure is a count along an index and no walk through ten million
events. What a row says can always be had anew from its matter (``zhihuan figures recount``).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.sums.kept import KeptSum
from zhihuan.indicators.declaration import Law

__all__ = ["ActSum", "CountedAct", "Grain"]


class CountedAct(models.Model):
    """``event`` of ``matter`` counts as an act of the kind ``acts`` on ``day`` (Beijing).

    amount: what it is worth [yuan, days: as its indicators say], None for none. procedure, town, party: of the
    matter. case_type, source, law: see ``declaration.Traits``. industry: division (大类) of the party, GB/T 4754.
    """

    acts = models.CharField(_("计入的行为"), max_length=40)
    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="counted_acts", verbose_name=_("事项")
    )
    event = models.ForeignKey(
        MatterEvent,
        on_delete=models.CASCADE,
        db_index=False,  # the constraint's index begins with it
        related_name="+",
        verbose_name=_("计入的环节"),
    )
    day = models.DateField(_("计入日期"))
    amount = models.DecimalField(_("计入数额"), max_digits=16, decimal_places=2, null=True)
    procedure = models.CharField(_("程序"), max_length=40)
    town = models.ForeignKey(
        Town, on_delete=models.CASCADE, null=True, db_index=False, verbose_name=_("镇街")
    )
    party = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, db_index=False, verbose_name=_("当事人")
    )
    case_type = models.CharField(_("统计案由"), max_length=120, blank=True)
    source = models.CharField(_("统计来源"), max_length=12, blank=True)
    law = models.CharField(_("法律版本"), max_length=10, choices=Law, blank=True)
    industry = models.CharField(_("行业大类"), max_length=2, blank=True)

    SCOPE = ScopeFields(town="town", organisation="party", outside=True)

    class Meta:
        verbose_name = _("计入统计的行为")
        verbose_name_plural = _("计入统计的行为")
        ordering = ["-day", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "acts"], name="a_step_counts_once_of_a_kind")
        ]
        indexes = [
            models.Index(fields=["acts", "-day", "-id"], name="acts_by_day"),
            models.Index(fields=["acts", "town", "-day", "-id"], name="acts_of_a_town"),
        ]

    def __str__(self) -> str:
        return f"{self.acts} {self.day}"


class Grain(models.TextChoices):
    """How finely a sum of acts tells days and traits."""

    MONTH = "month", _("月、镇街")
    DAY = "day", _("日、镇街")
    TRAITS = "traits", _("月、镇街及各分组")


class ActSum(KeptSum):
    """Acts of a kind from ``first`` on, for a day or a month, in a town; with TRAITS also of one case type, source, law and
    industry, which are "" otherwise.

    count: acts. amounts: those that have an amount; hundredths: the sum of these [fen; hundredths of a day].
    """

    KEY = ("acts", "grain", "first", "town_id", "case_type", "source", "law", "industry")
    SHELF = ("acts", "grain", "first")
    SUMMED = ("count", "amounts", "hundredths")

    acts = models.CharField(_("计入的行为"), max_length=40)
    grain = models.CharField(_("合计粒度"), max_length=6, choices=Grain)
    first = models.DateField(_("首日"))
    town = models.ForeignKey(
        Town, on_delete=models.CASCADE, null=True, db_index=False, related_name="+", verbose_name=_("镇街")
    )  # fmt: skip
    case_type = models.CharField(_("统计案由"), max_length=120, blank=True)
    source = models.CharField(_("统计来源"), max_length=12, blank=True)
    law = models.CharField(_("法律版本"), max_length=10, choices=Law, blank=True)
    industry = models.CharField(_("行业大类"), max_length=2, blank=True)
    amounts = models.BigIntegerField(_("有数额的件数"))
    hundredths = models.BigIntegerField(_("数额（百分之一）"))

    SCOPE = ScopeFields(town="town")

    class Meta:
        verbose_name = _("计入统计的合计")
        verbose_name_plural = _("计入统计的合计")
        default_permissions = ()
        indexes = [
            models.Index(fields=["grain", "first"], name="act_sums_of_a_period"),
            models.Index(fields=["acts", "grain", "first"], name="act_sums_of_a_kind"),
            models.Index(
                fields=["id"], condition=models.Q(is_folded=False), name="act_sums_to_fold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acts} {self.grain} {self.first} {self.count:+}"
