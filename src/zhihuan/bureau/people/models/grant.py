"""Role grants (授权): who holds which role, at which organisation, between which days."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models.account import User
from zhihuan.bureau.people.models.organisation import Organisation
from zhihuan.bureau.people.roles import ROLES, incompatible
from zhihuan.bureau.people.scope_fields import ScopeFields


class GrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants, with the one rule of which are in force."""

    def in_force(self, day: dt.date | None = None) -> GrantQuerySet:
        """Those in force on ``day`` (Beijing time; None: today).

        What was lent holds only while the lender holds it in their own right: no deputy may more
        than whom they stand in for, whichever way the lender's role ended.
        """
        day = day or timezone.localdate()
        lenders = RoleGrant.objects.running(day).filter(
            on_behalf_of__isnull=True,
            user=models.OuterRef("on_behalf_of"),
            role=models.OuterRef("role"),
            organisation=models.OuterRef("organisation"),
        )
        own = models.Q(on_behalf_of__isnull=True)
        return self.running(day).filter(own | models.Exists(lenders))

    def running(self, day: dt.date) -> GrantQuerySet:
        """Those whose own days include ``day`` and that nobody revoked."""
        return self.meeting(day, day)

    def open(self, day: dt.date) -> GrantQuerySet:
        """Those that run on ``day`` or will."""
        return self.meeting(day, None)

    def meeting(self, first: dt.date, last: dt.date | None) -> GrantQuerySet:
        """Those that run on some day between both (None: without end)."""
        ended = models.Q(valid_until__isnull=False) & models.Q(valid_until__lt=first)
        found = self.filter(revoked_at__isnull=True).exclude(ended)
        return found if last is None else found.filter(valid_from__lte=last)


class RoleGrant(models.Model):
    """One person holds one role at one organisation, from a day until a day (both included).

    ``on_behalf_of`` names whom a deputy stands in for (委托代理): such a grant always ends. A
    grant is never deleted: it is revoked, so that what somebody did can be held against what they
    were allowed to.
    """

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="grants", verbose_name=_("人员")
    )
    role = models.CharField(
        _("角色"), max_length=40, choices=[(role.code, role.name) for role in ROLES.values()]
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="grants", verbose_name=_("任职机构")
    )
    valid_from = models.DateField(_("自"), default=timezone.localdate)
    valid_until = models.DateField(_("至"), null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("代理何人"),
    )
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    granted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("授权人"),
    )
    granted_at = models.DateTimeField(_("授权时间"), default=timezone.now)
    revoked_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("收回人"),
    )
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    SCOPE = ScopeFields(organisation="user__organisation")

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [
            ("grant_role", _("授予与收回角色")),
            ("delegate_role", _("委托他人代理")),
        ]
        indexes = [models.Index(fields=["user", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of__isnull=True) | models.Q(valid_until__isnull=False),
                name="a_deputy_stands_in_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {ROLES[self.role].name} · {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether it runs today or will: neither revoked nor over."""
        is_over = self.valid_until is not None and self.valid_until < timezone.localdate()
        return self.revoked_at is None and not is_over

    def clean(self) -> None:
        if self.revoked_at is not None:
            return
        held = set(
            RoleGrant.objects.meeting(self.valid_from, self.valid_until)
            .filter(user_id=self.user_id)
            .exclude(pk=self.pk)
            .values_list("role", flat=True)
        )
        if incompatible(held | {self.role}):
            raise ValidationError(
                {
                    "role": _(
                        "三员分立：系统、安全、审计管理员之间不得兼任，也不得兼任业务角色；大屏展示不得兼任其他角色"
                    )
                }
            )
