"""API tokens (接口令牌): what a program shows instead of a password.

Only the SHA-256 of a token is kept: it can be checked, never shown again. A token has 256 random
bits, so a plain digest cannot be guessed back and needs no salt.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A token acts for its ``owner``, within ``scopes`` (permission codes), until ``expires_at``.

    It never reaches farther than the owner does on the day it is used. A *personal* token is issued
    by its owner; a *system* token by the security administrator, to the account that answers for a
    program of ``organisation``, and may be bound to ``addresses`` (networks; none: from everywhere).
    Tokens are revoked, never deleted: what was done with one stays attributable.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("个人令牌")
        SYSTEM = "system", _("系统令牌")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="api_tokens",
        verbose_name=_("持有人"),
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.PERSONAL)
    name = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(_("摘要（SHA-256）"), max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("权限范围"), default=list)
    organisation = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("使用单位"),
    )
    addresses = models.JSONField(_("允许的来源地址"), default=list, blank=True)
    created_at = models.DateTimeField(_("签发时间"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("签发人"),
    )
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    last_used_address = models.CharField(_("最近使用地址"), max_length=45, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤销人"),
    )

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering = ["-id"]
        default_permissions = ()
        permissions = [("manage_system_token", _("签发与撤销系统令牌"))]
        indexes = [models.Index(fields=["owner", "kind"])]

    def __str__(self) -> str:
        return self.name

    def is_expired(self, now: dt.datetime | None = None) -> bool:
        """Whether its time is over at ``now`` (aware; None: this moment)."""
        return self.expires_at <= (now or timezone.now())

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor expired. Whether the owner may still sign in is another question."""
        return self.revoked_at is None and not self.is_expired()
