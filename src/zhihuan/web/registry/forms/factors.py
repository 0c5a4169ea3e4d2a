"""A field of factor codes, in order, as people write them: “w01018 w21003”."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhihuan.hj212.codes import factor

_BETWEEN = re.compile(r"[\s,，、;；]+")


class FactorField(forms.CharField):
    """One factor code of the tables (HJ 524/525, HJ 212 annex)."""

    def clean(self, value: Any) -> str:
        code: str = super().clean(value)
        refuse_unknown([code] if code else [])
        return code


class FactorsField(forms.CharField):
    """Cleans to a list of codes, each once, in the order given."""

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value) or ""
        codes = [each for each in _BETWEEN.split(text) if each]
        refuse_unknown(codes)
        return list(dict.fromkeys(codes))


def refuse_unknown(codes: list[str]) -> None:
    """ValidationError that names the codes no table has."""
    if unknown := [each for each in codes if factor(each) is None]:
        words = _(
            "因子代码表中没有：%(codes)s。请按 HJ 524、HJ 525 填写，例如 w01018（化学需氧量）。"
        )
        raise ValidationError(words, params={"codes": "、".join(unknown)})
