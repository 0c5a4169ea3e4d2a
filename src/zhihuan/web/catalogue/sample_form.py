"""A form with every kind of field, for the examples of the form components."""

from __future__ import annotations

from django import forms

KINDS = [("water", "废水"), ("air", "废气"), ("noise", "噪声")]


class SampleForm(forms.Form):
    """Made up; its words are data of the examples."""

    name = forms.CharField(label="名称", max_length=20, help_text="与排污许可证一致。")
    limit = forms.DecimalField(label="限值", required=False)
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    media = forms.MultipleChoiceField(
        label="涉及要素", choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(label="生效日期", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="已与企业核对", help_text="核对记录随表单保存。")


def empty(prefix: str) -> SampleForm:
    """As it is first seen."""
    return SampleForm(prefix=prefix)


def locked(prefix: str) -> SampleForm:
    """As somebody sees it who may read but not change."""
    form = SampleForm(prefix=prefix, initial={"name": "示例排口", "limit": 50, "kind": "water"})
    for field in form.fields.values():
        field.disabled = True
    return form


def refused(prefix: str) -> SampleForm:
    """As it comes back."""
    form = SampleForm({f"{prefix}-limit": "约五十", f"{prefix}-name": ""}, prefix=prefix)
    form.is_valid()
    return form
