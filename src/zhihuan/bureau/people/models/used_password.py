"""The passwords somebody used, hashed: so that an old one does not come back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models.account import User


class UsedPassword(models.Model):
    """A password as Django hashed it, and since when. Only as many are kept as the rules remember."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="used_passwords", verbose_name=_("用户")
    )
    encoded = models.CharField(max_length=128)
    since = models.DateTimeField(_("启用时间"), default=timezone.now)

    class Meta:
        verbose_name = _("用过的密码")
        verbose_name_plural = _("用过的密码")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} {self.since:%Y-%m-%d}"
