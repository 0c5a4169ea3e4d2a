"""The forms in which tokens are asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.access.issuing import Bounds, Issued, issue, longest
from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.people.models import Organisation, User
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.confirming import ConfirmedForm
from zhihuan.web.tokens.scopes import choices

_USUAL_DAYS = 90


class TokenForm(ConfirmedForm):
    """A personal token: what for, which scopes, how long."""

    kind = ApiToken.Kind.PERSONAL

    name = forms.CharField(
        label=_("用途"), max_length=80, help_text=_("哪个程序用、做什么，如“科室月报脚本”")
    )
    scopes = forms.MultipleChoiceField(
        label=_("权限范围"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选程序用得到的；持有人失去的权限，令牌随之失去。"),
    )
    days = forms.IntegerField(label=_("有效天数"), min_value=1, initial=_USUAL_DAYS)

    def __init__(self, request: HttpRequest, *args: Any, **given: Any) -> None:
        super().__init__(request, *args, **given)
        most = longest().days
        days: Any = self.fields["days"]
        days.help_text = _("至多 %(days)s 天，到期后须重新签发") % {"days": most}
        days.initial = min(_USUAL_DAYS, most)
        scopes: Any = self.fields["scopes"]
        scopes.choices = self.offered()

    def offered(self) -> list[tuple[str, str]]:
        """The scopes to tick."""
        return choices(self._request.user)

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if days > longest().days:
            raise forms.ValidationError(_("至多 %(days)s 天") % {"days": longest().days})
        return days

    def owner(self) -> Any:
        """Whom the token acts for."""
        return self._request.user

    def bounds(self) -> Bounds:
        """What binds it beside its scopes."""
        return Bounds()

    def issued(self) -> Issued | None:
        """The token; None when it was refused, and the form says why."""
        try:
            return issue(
                self.owner(),
                name=self.cleaned_data["name"],
                scopes=self.cleaned_data["scopes"],
                expires_at=timezone.now() + dt.timedelta(days=self.cleaned_data["days"]),
                by=self._request.user,
                kind=self.kind,
                bounds=self.bounds(),
                address=address_of(self._request),
            )
        except ValidationError as error:
            self._tell(error)
            return None

    def _tell(self, error: ValidationError) -> None:
        for name, errors in error.error_dict.items():
            field = "days" if name == "expires_at" else name
            self.add_error(field if field in self.fields else None, errors)


class SystemTokenForm(TokenForm):
    """A system token: whose program, which account answers for it, from where it may come."""

    kind = ApiToken.Kind.SYSTEM

    organisation = forms.ModelChoiceField(
        label=_("使用单位"),
        queryset=Organisation.objects.none(),
        help_text=_("谁的程序"),
        empty_label=_("请选择"),
    )
    owner_name = forms.CharField(
        label=_("责任账号"),
        max_length=150,
        help_text=_("账号名。令牌以这个账号的权限为限，由它的使用人负责。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    addresses = forms.CharField(
        label=_("允许的来源地址"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个地址或网段，如 10.1.0.0/16；不填则不限来源。"),
    )
    field_order = ("name", "organisation", "owner_name", "scopes", "days", "addresses", "password")

    def __init__(self, request: HttpRequest, *args: Any, **given: Any) -> None:
        super().__init__(request, *args, **given)
        inside: Any = self.fields["organisation"]
        inside.queryset = Organisation.objects.exclude(kind=Organisation.Kind.ENTERPRISE)
        self._owner: User | None = None

    def offered(self) -> list[tuple[str, str]]:
        return choices()

    def clean_owner_name(self) -> str:
        given: str = self.cleaned_data["owner_name"]
        self._owner = User.objects.filter(username=given).first()
        if self._owner is None:
            raise forms.ValidationError(_("没有这个账号。"))
        return given

    def owner(self) -> Any:
        return self._owner

    def bounds(self) -> Bounds:
        lines = tuple(self.cleaned_data["addresses"].split())
        return Bounds(organisation=self.cleaned_data["organisation"], addresses=lines)

    def _tell(self, error: ValidationError) -> None:
        told = {
            "owner_name" if name == "owner" else name: e for name, e in error.error_dict.items()
        }
        super()._tell(ValidationError(told))
