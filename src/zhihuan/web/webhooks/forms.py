"""The forms of webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.kinds import declared_kinds
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.webhooks.holding import SetUp, set_up
from zhihuan.bureau.webhooks.trial import TRIAL
from zhihuan.web.confirming import ConfirmedForm


class SubscriptionForm(ConfirmedForm):
    """What for, where to, which kinds of events."""

    name = forms.CharField(label=_("用途"), max_length=80, help_text=_("谁接收、做什么"))
    url = forms.CharField(
        label=_("接收地址"),
        max_length=500,
        help_text=_("以 https:// 开头；内网地址须由管理员列入 ZHIHUAN_WEBHOOK_HOSTS"),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("事件类别"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只推送您有权查看的对象；您失去的权限，推送随之失去。"),
    )

    def __init__(self, request: HttpRequest, *args: Any, **given: Any) -> None:
        super().__init__(request, *args, **given)
        kinds: Any = self.fields["kinds"]
        kinds.choices = [
            (kind.code, f"{kind.text}（{kind.code}）")
            for kind in declared_kinds().values()
            if kind != TRIAL
        ]

    def done(self) -> SetUp | None:
        """The subscription; None when it was refused, and the form says why."""
        try:
            return set_up(
                self._request.user,
                name=self.cleaned_data["name"],
                url=self.cleaned_data["url"],
                kinds=self.cleaned_data["kinds"],
                address=address_of(self._request),
            )
        except ValidationError as error:
            for field, errors in error.error_dict.items():
                self.add_error(field, errors)
            return None
