"""Second factors in allauth's flows: their secrets are sealed, a demanded one cannot be given up."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.second_factor import is_last, must_have_second_factor
from zhihuan.bureau.registry.sealing import seal, unseal


class FactorAdapter(DefaultMFAAdapter):
    """Our rules at the points where allauth asks for them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码或安全密钥不正确，请重试。"),
        "cannot_delete_authenticator": _(
            "您的角色必须使用双因素认证，请先添加另一种再停用这一种。"
        ),
        "cannot_generate_recovery_codes": _("请先添加动态验证码或安全密钥，再生成恢复码。"),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (is_last(authenticator) and must_have_second_factor(authenticator.user))

    def get_totp_issuer(self) -> str:
        return str(settings.ZHIHUAN_PLATFORM_NAME)

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _now("安全密钥 %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {
            "name": str(settings.ZHIHUAN_PLATFORM_NAME)
        }

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())
