"""The form of an organisation. Enterprises are registered in the registry, not here."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.models import Town
from zhihuan.web.people.forms.place import InnerField
from zhihuan.web.registry.forms.record_form import RecordForm


class OrganisationForm(RecordForm):
    """Adds, renames or moves a body; its area are the towns ticked."""

    parent = InnerField(label=_("上级机构"), required=False)
    towns = forms.ModelMultipleChoiceField(
        Town.objects.order_by("code"),
        label=_("辖区"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("镇街分局勾选所辖镇街；不勾选的本局机构面向全市，下级科室沿用上级辖区。"),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "parent", "credit_code")
        help_texts: ClassVar[dict[str, Any]] = {
            "credit_code": _("局外单位填写，见营业执照或法人证书；本局科室、分局留空。")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].show_tree(_("无（局外单位，或本局本身）"))  # type: ignore[attr-defined]
        kinds = [
            each for each in Organisation.Kind.choices if each[0] != Organisation.Kind.ENTERPRISE
        ]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial.setdefault("kind", Organisation.Kind.SECTION)
        else:
            self.fields["towns"].initial = list(self.instance.towns.all())

    def clean_credit_code(self) -> str:
        code: str = self.cleaned_data["credit_code"].upper().replace(" ", "")
        other = Organisation.objects.filter(credit_code=code).exclude(pk=self.instance.pk).first()
        if code and other is not None:
            words = _now("此代码已登记给“%(name)s”。请核对；同一单位请勿重复登记。")
            raise ValidationError(words, params={"name": other.name})
        return code

    def save_more(self, changes: Changes) -> None:  # noqa: ARG002 - the area is no column
        """The area, with what it was: from now on rights reach elsewhere."""
        before = set(self.instance.towns.all())
        after = set(self.cleaned_data["towns"])
        if before == after:
            return
        self.instance.towns.set(after)
        record(
            "organisation.towns",
            f"organisations:{self.instance.pk}",
            actor=self.user,
            before=sorted(town.name for town in before),
            after=sorted(town.name for town in after),
            why=self.cleaned_data["why"],
        )
