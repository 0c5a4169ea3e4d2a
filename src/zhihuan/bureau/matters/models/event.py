"""Events of a matter: appended, each holding the digest of the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.matters.models.matter import Matter


class MatterEvent(models.Model):
    """A step that was taken. number: from 1 within the matter, without a hole. said: what the form
    was told, as JSON. actor None: the platform itself. digest: see ``engine.chain``."""

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="events", verbose_name=_("事项")
    )
    number = models.PositiveIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    actor_name = models.CharField(_("经办人姓名"), max_length=150, blank=True)
    step = models.CharField(_("环节"), max_length=40)
    source = models.CharField(_("原状态"), max_length=40)
    target = models.CharField(_("新状态"), max_length=40)
    said = ExactJSONField(_("内容"), default=dict)
    digest = models.BinaryField(_("链值"))

    class Meta:
        verbose_name = _("事项经过")
        verbose_name_plural = _("事项经过")
        ordering = ["matter", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "number"], name="an_event_has_its_number_alone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"
