"""Links between matters: one grew out of another, went into it, or is evidence for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models.event import MatterEvent
from zhihuan.bureau.matters.models.matter import Matter


class MatterLink(models.Model):
    """``matter`` is … ``other``. event: the link in the chain of ``matter`` that says so."""

    class Kind(models.TextChoices):
        SPAWNED_BY = "spawned_by", _("源自")
        MERGED_INTO = "merged_into", _("并入")
        EVIDENCE_FOR = "evidence_for", _("作为证据用于")

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="links", verbose_name=_("事项")
    )
    kind = models.CharField(_("关联方式"), max_length=20, choices=Kind)
    other = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="linked_from", verbose_name=_("关联事项")
    )
    event = models.OneToOneField(
        MatterEvent, on_delete=models.PROTECT, related_name="+", verbose_name=_("关联环节")
    )

    class Meta:
        verbose_name = _("事项关联")
        verbose_name_plural = _("事项关联")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind", "other"], name="a_matter_is_linked_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(matter=models.F("other")),
                name="a_matter_is_linked_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.other_id}"
