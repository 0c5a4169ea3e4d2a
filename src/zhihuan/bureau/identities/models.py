"""The identity document of a matter's party: rows are added and never changed, the newest counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.identities.kinds import document_kinds
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.sealing import unseal

__all__ = ["PartyIdentity"]


class PartyIdentity(AppendOnly):
    """What kind of party a matter has and, of a person, who it is.

    party_kind: ENTITY has no document; of an individual business the name and document are its operator's. name: ""
    where nobody said. document: code of ``kinds``, "" while it is not known. sealed_number, sealed_address: sealed text,
    "" for none; shown_*: what pages show of them. added_by None: the platform.

    Source: 行政处罚法 §59(1)(1); 生态环境行政处罚办法（部令第30号）; 个人信息保护法 §§6, 28, 29, 51.
    """

    REFUSAL = "an identity is registered anew where it was wrong, never changed"

    class PartyKind(models.TextChoices):
        ENTITY = "entity", _("企业或者其他组织")
        INDIVIDUAL = "individual", _("个体工商户")
        PERSON = "person", _("自然人")

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="identities", verbose_name=_("身份所属事项")
    )
    party_kind = models.CharField(_("当事人类别"), max_length=10, choices=PartyKind)
    name = models.CharField(_("本人（经营者）姓名"), max_length=60, blank=True)
    document = models.CharField(_("身份证件种类"), max_length=20, blank=True)
    sealed_number = models.TextField(_("身份证件号码（密）"), blank=True)
    shown_number = models.CharField(_("遮盖的身份证件号码"), max_length=40, blank=True)
    sealed_address = models.TextField(_("本人（经营者）住址（密）"), blank=True)
    shown_address = models.CharField(_("遮盖的住址"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("身份登记时间"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("身份登记人"),
    )

    SCOPE = ScopeFields(town="matter__town", organisation="matter__party", outside=True)
    #: Nothing of it is told where only its matter may be seen.
    PERSONAL = True

    class Meta:
        verbose_name = _("当事人身份")
        verbose_name_plural = _("当事人身份")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.matter_id}-{self.pk}"

    @property
    def is_person(self) -> bool:
        """Whether the law of persons goes for it: a natural person, or an individual business."""
        return self.party_kind in {self.PartyKind.PERSON, self.PartyKind.INDIVIDUAL}

    @property
    def document_title(self) -> str:
        """Its kind in words; "" while it is not known."""
        return document_kinds()[self.document].title if self.document else ""

    @property
    def number(self) -> str:
        """In clear; "" for none. Whoever asks for a person writes the look down first. SealBrokenError."""
        return unseal(self.sealed_number)

    @property
    def address(self) -> str:
        """In clear, likewise."""
        return unseal(self.sealed_address)
