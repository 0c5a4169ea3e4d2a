"""Acts that figures count: a row for each step that counts, for each kind of act.

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
from zhihuan.indicators.declaration import Law

__all__ = ["CountedAct"]


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
