"""Industries by GB/T 4754-2017 (with amendment 1, 2019): codes, names and how they nest."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

#: The form of a code: a letter (门类) or two to four digits (大类、中类、小类).
INDUSTRY_CODE = RegexValidator(r"^(?:[A-T]|[0-9]{2,4})$", _("行业代码为 1 位字母或 2–4 位数字"))


@dataclass(frozen=True, slots=True)
class Industry:
    """One class: its code, name, and the code it lies under ("" for a section)."""

    code: str
    name: str
    parent: str


@cache
def industries() -> Mapping[str, Industry]:
    """All classes by code, in the order of the standard."""
    file = resources.files("zhihuan.bureau.registry") / "data" / "gbt4754_2017.csv"
    with file.open("r", encoding="utf-8", newline="") as rows:
        return {row["code"]: Industry(**row) for row in csv.DictReader(rows)}


def industry_text(code: str) -> str:
    """``1713 棉印染精加工``; the code alone when the standard has no such class."""
    found = industries().get(code)
    return f"{code} {found.name}" if found else code


def find_industries(text: str, most: int = 20) -> list[Industry]:
    """Classes whose code begins with the text, or whose name contains it."""
    wanted = text.strip()
    hits = (i for i in industries().values() if i.code.startswith(wanted) or wanted in i.name)
    return [industry for industry, _n in zip(hits, range(most), strict=False)]
