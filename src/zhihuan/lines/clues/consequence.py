"""Categories of legal consequence: what a clue would be, if it were true. A category, never a finding: a person
chooses the article. Source: the bureau's own scheme; the laws behind each stand in ``consequences.yaml``, dated.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.standards.article import in_words
from zhihuan.standards.parameters import Parameter, parameter_from

__all__ = ["Consequence", "basis_of", "consequences", "weight_of"]


class Consequence(models.TextChoices):
    """In the order of the scheme, which is not that of gravity (``weight_of``)."""

    L0 = "L0", _("L0 提醒帮扶")
    L1 = "L1", _("L1 篡改、伪造自动监测数据")
    L2 = "L2", _("L2 不正常运行治理设施")
    L3 = "L3", _("L3 监测设备未正常运行、联网或如实标记")
    L4 = "L4", _("L4 超标、超总量排放")
    L5 = "L5", _("L5 检测机构报告不实、虚假")
    L6 = "L6", _("L6 危险废物")
    L7 = "L7", _("L7 雨水口、暗管等逃避监管排放")
    L8 = "L8", _("L8 噪声")
    L9 = "L9", _("L9 机动车与检验机构")
    L10 = "L10", _("L10 移送其他部门")


@cache
def consequences() -> Parameter:
    """Their usual basis and weight, by the day."""
    text = files(__package__).joinpath("consequences.yaml").read_text(encoding="utf-8")
    return parameter_from("clues/consequences", text)


def basis_of(code: str, on: date) -> str:
    """The laws behind a category on that day, with what is not confirmed called so; "" for none."""
    if not code:
        return ""
    table: Any = consequences().on(on).table
    return in_words(str(table[code]["basis"]))


def weight_of(code: str, on: date) -> int:
    """How much it weighs in the order of the pool, the gravest most; 0 where nobody has said yet."""
    table: Any = consequences().on(on).table
    return int(table[code]["weight"]) if code else 0
