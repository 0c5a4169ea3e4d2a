"""Events of a matter: appended, each holding the digest of the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.matters.models.matter import Matter


class MatterEvent(AppendOnly):
    """A step that was taken, or another thing that happened to the matter itself.

    number: from 1 within the matter, without a hole. step: the step's code; what is no step of the
    procedure (the opening, a re-basing, a link) begins with "_". said: what the form was told, as
    JSON. officers: who acted together, each ``{"id", "name", "certificate"}``. actor None: the
    platform itself. digest: see ``engine.chain``.
    """

    REFUSAL = "events of a matter are appended, never changed or deleted; take a step that mends it"

    OPENING, REBASING, LINKING = "_open", "_rebase", "_link"

    matter = models.ForeignKey(
        Matter,
        on_delete=models.PROTECT,
        db_index=False,  # the constraint's index begins with it
        related_name="events",
        verbose_name=_("事项"),
    )
    number = models.PositiveIntegerField(_("经过序号"))
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,  # nobody is sought by it, and there are millions
        related_name="+",
        verbose_name=_("经办人"),
    )
    actor_name = models.CharField(_("经办人姓名"), max_length=150, blank=True)
    officers = ExactJSONField(_("共同办理人员"), default=list)
    step = models.CharField(_("环节"), max_length=40)
    source = models.CharField(_("原状态"), max_length=40)
    target = models.CharField(_("新状态"), max_length=40)
    said = ExactJSONField(_("填写内容"), default=dict)
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
