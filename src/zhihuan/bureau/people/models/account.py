"""Accounts: one for each person.

A custom user model from the first migration, so that it can grow without moving anybody. It keeps
no telephone and no identity number: what is not needed is not held.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models.organisation import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields


class User(AbstractUser):
    """One person's account. People are shown by ``display_name`` (姓名), never by first and last."""

    first_name = None
    last_name = None
    display_name = models.CharField(_("姓名"), max_length=60, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("所属机构"),
    )
    synthetic = models.BooleanField(
        _("模拟账号"), default=False, help_text=_("演示用账号，不对应真实人员")
    )
    unified_id = models.CharField(
        _("统一身份标识"),
        max_length=120,
        blank=True,
        help_text=_("城市统一身份认证中此人的标识；留空则不能由统一身份认证登录"),
    )
    password_since = models.DateTimeField(_("密码启用时间"), null=True, editable=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False, editable=False)
    locked_at = models.DateTimeField(_("锁定时间"), null=True, editable=False)

    SCOPE = ScopeFields(organisation="organisation")

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.UniqueConstraint(
                fields=["unified_id"],
                condition=~models.Q(unified_id=""),
                name="one_account_per_unified_id",
                violation_error_message=_("已有账号使用此统一身份标识"),
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def may_sign_in(self) -> bool:
        """Neither disabled (停用) nor locked (锁定)."""
        return self.is_active and self.locked_at is None

    def get_full_name(self) -> str:
        """The name people see; the account name while no 姓名 is known."""
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
