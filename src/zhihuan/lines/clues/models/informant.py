"""Who reported something: sealed in the database, opened for few, each look written down."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.sealing import seal, unseal
from zhihuan.lines.clues.models.clue import Clue


class Informant(models.Model):
    """An informant of one clue. Name, telephone and address are sealed text, so that neither a copy of the
    database nor any list, search, document, event or log shows them; ``identity`` opens them.

    told_at: when the result was told, None until then. erased_at: the identity was deleted, on request or
    after the file was closed for good; that there was somebody stays on record.

    Source: 生态环境法典 §146; 个人信息保护法 §§ 6, 47, 51.
    """

    clue = models.ForeignKey(
        Clue, on_delete=models.PROTECT, related_name="informants", verbose_name=_("举报线索")
    )
    sealed_name = models.TextField(_("举报人姓名（密）"), blank=True)
    sealed_phone = models.TextField(_("举报人电话（密）"), blank=True)
    sealed_address = models.TextField(_("举报人地址（密）"), blank=True)
    added_at = models.DateTimeField(_("举报人登记时间"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("举报人登记人"),
    )
    told_at = models.DateTimeField(_("举报人告知时间"), null=True, blank=True)
    erased_at = models.DateTimeField(_("身份删除时间"), null=True, blank=True)

    SCOPE = ScopeFields(town="clue__town", organisation="clue__party", outside=True)
    #: Nothing of it is told where only its clue may be seen.
    PERSONAL = True

    class Meta:
        verbose_name = _("举报人")
        verbose_name_plural = _("举报人")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.clue_id}-{self.pk}"

    @classmethod
    def sealed(cls, clue: Clue, by: Any, *, name: str, phone: str, address: str = "") -> Informant:
        """A new one, not saved."""
        return cls(
            clue=clue,
            added_by=by,
            sealed_name=seal(name),
            sealed_phone=seal(phone),
            sealed_address=seal(address),
        )

    @property
    def identity(self) -> dict[str, str]:
        """name, phone, address in clear. Whoever asks writes the look down first.
        Raises SealBrokenError when the sealing key is gone."""
        return {
            "name": unseal(self.sealed_name),
            "phone": unseal(self.sealed_phone),
            "address": unseal(self.sealed_address),
        }
