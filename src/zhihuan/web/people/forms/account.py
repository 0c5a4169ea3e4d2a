"""The form of an account: who it is and where they belong. Rights are granted elsewhere."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.web.people.forms.place import PlaceFields
from zhihuan.web.registry.forms.record_form import RecordForm

#: Words that stand where an account's name stands in addresses.
_TAKEN = frozenset({"new"})


class AccountForm(PlaceFields, RecordForm):
    """Opens or keeps an account; the account name is chosen once."""

    groups: ClassVar[Any] = (
        (_("人员"), ("username", "display_name", "unified_id")),
        (_("所属机构"), ("inner", "outer")),
    )
    fixed = ("username",)

    class Meta:
        model = User
        fields = ("username", "display_name", "unified_id")
        labels: ClassVar[dict[str, Any]] = {"username": _("账号")}
        help_texts: ClassVar[dict[str, Any]] = {
            "username": _("登录用的名字，一人一号，开设后不改；字母、数字和 @ . + - _。"),
            "display_name": _("真实姓名，页面与审计记录中以此显示。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
        self.show_place(self.instance.organisation)
        self._was = self.instance.organisation

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if name.lower() in _TAKEN:
            words = _now("“%(name)s”在网址中另有含义，请换一个账号名。")
            raise ValidationError(words, params={"name": name})
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (place := self.place_given(cleaned)) is not None:
            self.instance.organisation = place
        return cleaned

    def doubts(self) -> list[str]:
        """Rights do not move with the person: whoever grants is to look."""
        if self._was is None or self.instance.organisation == self._was:
            return []
        kept = RoleGrant.objects.open(timezone.localdate()).filter(
            user=self.instance, organisation=self._was
        )
        words = _now("此人在“%(place)s”仍有 %(n)s 项授权，请安全管理员核对。")
        return [words % {"place": self._was, "n": count}] if (count := kept.count()) else []
