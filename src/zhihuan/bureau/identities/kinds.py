"""Kinds of identity documents and what is wrong with a number of one. Pure, but for the packaged list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _

from zhihuan.bureau.people.resident_number import fault_of
from zhihuan.standards.parameters import Confidence

__all__ = ["DocumentKind", "document_kinds", "number_fault", "written"]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """title: Chinese, as documents say it. pattern: what a whole number looks like, None where GB 11643 tells. hint: the same for people. source: "" where no
    text was read."""

    code: str
    title: str
    pattern: re.Pattern[str] | None
    hint: str
    source: str
    confidence: Confidence


@cache
def document_kinds() -> dict[str, DocumentKind]:
    """By code, in the order in which they are offered."""
    text = files(__package__).joinpath("kinds.yaml").read_text("utf-8")
    return {each["code"]: _kind(each) for each in yaml.safe_load(text)}


def written(number: str) -> str:
    """As it is kept: capital letters, half-width signs, no blanks."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def number_fault(kind: str, number: str, today: date) -> Any:
    """What is wrong with a number as ``written``, in words that never quote it; "" for none. KeyError for a kind nobody
    knows."""
    found = document_kinds()[kind]
    if found.pattern is None:
        return fault_of(number, today)
    if found.pattern.fullmatch(number):
        return ""
    words = _(
        "%(title)s号码应为%(hint)s，请对照证件核对（格式待核；证件所载确为其他格式的，选“其他有效身份证件”）。"
    )
    return words % {"title": _(found.title), "hint": _(found.hint)}


def _kind(told: dict[str, Any]) -> DocumentKind:
    pattern = None if told.get("gb11643") else re.compile(told["pattern"])
    return DocumentKind(
        told["code"], told["title"], pattern, told.get("hint", ""), told["source"], Confidence(told["confidence"])
    )  # fmt: skip
