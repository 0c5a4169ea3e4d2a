"""Django's password validators for the dated rules of ``password_rules``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.people.models import UsedPassword
from zhihuan.bureau.people.password_rules import PasswordRules, kinds_in, rules_on


def _rules() -> PasswordRules:
    return rules_on(timezone.localdate())


class LongAndMixed:
    """Long enough, and of several kinds of characters."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature
        rules = _rules()
        if len(password) < rules.minimum_length or kinds_in(password) < rules.kinds:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        rules = _rules()
        return _(
            "密码不少于 %(length)s 位，且至少包含大写字母、小写字母、数字、其他符号中的 %(kinds)s 类。"
        ) % {"length": rules.minimum_length, "kinds": rules.kinds}


class NotUsedBefore:
    """Not the present password, nor one of the last ones."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        former = UsedPassword.objects.filter(user=user).order_by("-id")
        kept = [user.password, *former.values_list("encoded", flat=True)[: _rules().remembered]]
        # the present one is often the newest of the kept: each is tried once, slow as it is
        for encoded in list(dict.fromkeys(kept))[: _rules().remembered]:
            if check_password(password, encoded):
                raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return _("不得与最近 %(remembered)s 次使用过的密码相同。") % {
            "remembered": _rules().remembered
        }
