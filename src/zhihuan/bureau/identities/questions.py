"""What a step asks about the kind of party and, of a person, the identity document.

The number and the address are typed in clear and told as ``Secret``: event, chain, interface and pages get the mask, and
``keeping`` seals what was typed in the step's own transaction.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.redaction.addresses import to_the_town
from zhihuan.bureau.identities.kinds import document_kinds, number_fault, written
from zhihuan.bureau.identities.known import identity_of
from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.identities.secret import Secret
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.people.masking import masked

__all__ = ["ASKED", "IdentityForm", "IdentityQuestions"]

_Kind = PartyIdentity.PartyKind
#: Of a person alone.
ASKED = ("id_name", "id_document", "id_number", "id_address")
#: What a credit code of an individual business begins with (GB 32100-2015: 9 工商, 2 个体工商户).
_INDIVIDUAL_CODE = "92"


def _typed(label: Any, hint: Any, length: int) -> forms.CharField:
    quiet = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, help_text=hint, max_length=length, required=False, widget=quiet
    )


class IdentityQuestions(MatterForm):
    """Asked where a party is entered. What is not known yet may be left out: a name with document and number, or none."""

    #: Whether a step cannot do without document, number and, of a natural person, the address.
    ALL_NEEDED = False
    #: Whether it is told anew what the matter knows already.
    ANEW = False

    party_kind = forms.ChoiceField(
        label=_("当事人类别"), choices=_Kind.choices, initial=_Kind.ENTITY, required=False
    )
    id_name = _typed(_("本人（经营者）姓名"), _("自然人写本人，个体工商户写经营者；企业不填。"), 60)
    id_document = forms.ChoiceField(
        label=_("身份证件种类"),
        choices=[("", _("请选择")), *((each.code, _(each.title)) for each in document_kinds().values())],
        required=False,
    )  # fmt: skip
    id_number = _typed(
        _("身份证件号码"), _("加密保存，页面只显示首尾，每次查看都有记录；不要写在其他栏目里。"), 40
    )
    id_address = _typed(_("本人（经营者）住址"), _("加密保存，页面只显示到镇街。"), 200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._known = identity_of(self.matter)
        if self._known is not None:  # of the matter it grew out of, say
            self.initial.setdefault("party_kind", self._known.party_kind)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        usual = self._known.party_kind if self._known is not None else _Kind.ENTITY
        kind = told["party_kind"] = told.get("party_kind") or usual
        if "id_number" in told:
            told["id_number"] = written(told["id_number"])
        self._judge_party(kind)
        if kind == _Kind.ENTITY:
            self._judge_entity(told)
        else:
            self._judge_person(told, kind)
        return self._hidden(told)

    def _judge_party(self, kind: str) -> None:
        party = self.matter.party
        code = party.credit_code if party is not None else ""
        if code.startswith(_INDIVIDUAL_CODE) and kind != _Kind.INDIVIDUAL:
            self.add_error(
                "party_kind", _now("当事人的统一社会信用代码以 92 开头，是个体工商户，请改选。")
            )
        elif code and kind == _Kind.PERSON:
            self.add_error(
                "party_kind",
                _now("当事人有统一社会信用代码，不是自然人，请改选个体工商户或者企业。"),
            )

    def _judge_entity(self, told: dict[str, Any]) -> None:
        """No more is collected than is needed. Source: 个人信息保护法 §6."""
        for name in (name for name in ASKED if told.get(name)):
            self.add_error(
                name,
                _now(
                    "企业和其他组织不登记个人证件，请清空；当事人是自然人、个体工商户的，改选类别。"
                ),
            )

    def _judge_person(self, told: dict[str, Any], kind: str) -> None:
        is_told = any(told.get(name) for name in ASKED)
        if not is_told and not self.ANEW and self._known is not None and self._known.sealed_number:
            return
        needed = {"id_name"} if kind == _Kind.PERSON and self.matter.party is None else set()
        if self.ALL_NEEDED or any(told.get(name) for name in ASKED[1:]):
            needed |= {"id_name", "id_document", "id_number"}
        if self.ALL_NEEDED and kind == _Kind.PERSON:
            needed.add("id_address")
        for name in sorted(needed, key=ASKED.index):
            if name in told and not told[name]:
                self.add_error(name, _now("自然人、个体工商户须填写。"))
        document, number = told.get("id_document"), told.get("id_number")
        if document and number and (fault := number_fault(document, number, timezone.localdate())):
            self.add_error("id_number", fault)

    def _hidden(self, told: dict[str, Any]) -> dict[str, Any]:
        """Number and address as what is told of them; "" stays."""
        if number := told.get("id_number"):
            told["id_number"] = Secret(number, masked(number))
        if address := told.get("id_address"):
            told["id_address"] = Secret(address, f"{to_the_town(address)}****")
        return told


class IdentityForm(IdentityQuestions):
    """Registered or put right after the party was entered."""

    ALL_NEEDED = ANEW = True
    why = forms.CharField(
        label=_("更正的原因"),
        help_text=_("已登记过的须填写；不要写号码。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not told.get("why") and "why" in told and self._known is not None:
            self.add_error("why", _now("本事项已登记当事人身份，更正须写明原因。"))
        return told
