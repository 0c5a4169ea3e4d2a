"""Who took a matter on (领取、交办), so that work is not done twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import Organisation


class Claim(models.Model):
    """``holder`` goes on with the matter whenever it waits for ``role``, by their grant at ``place``.

    It binds nobody else by law: whoever may take a step still may. given_by: who assigned it; None: the
    holder took it. It ends with the matter, by being given back, and with the grant it rests on.
    """

    matter = models.ForeignKey(
        Matter, models.CASCADE, db_index=False, related_name="claims", verbose_name=_("事项")
    )
    role = models.CharField(_("待办角色"), max_length=40)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="claims",
        verbose_name=_("经办人"),
    )
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("任职机构")
    )
    since = models.DateTimeField(_("领取时间"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("交办人"),
    )
    note = models.CharField(_("交办说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("领取与交办")
        verbose_name_plural = _("领取与交办")
        ordering = ["-since", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "role"], name="one_holder_of_a_matter_in_a_role"
            )
        ]
        indexes = [models.Index(fields=["holder", "place"], name="claims_of_a_holder")]

    def __str__(self) -> str:
        return f"{self.matter_id} · {self.role} · {self.holder_id}"
