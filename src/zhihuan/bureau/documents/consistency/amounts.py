"""Amounts: words and figures say the same sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, excerpt
from zhihuan.bureau.documents.reading.amounts import WrittenAmount, amounts_in, in_figures, in_words

__all__ = ["amounts_agree"]

#: What may stand between two ways of writing one sum.
_BETWEEN = re.compile(r"\s*(?:[（(]?\s*(?:大写|小写|即|人民币|RMB|￥|¥|[：:])*\s*){1,3}")


def amounts_agree(file: CaseFile) -> Iterator[Finding]:
    """An amount in words beside one in figures is the same amount; words that say no amount are told."""
    for paper in file.standing:
        found = amounts_in(paper.text)
        for each in found:
            if each.yuan is None:
                yield _finding(paper, each, _("大写金额写法有误：%(words)s"), {"words": each.words})
        for one, other in pairwise(found):
            if _are_one(paper.text, one, other) and one.yuan != other.yuan:
                yield _differ(paper, one, other)


def _are_one(text: str, one: WrittenAmount, other: WrittenAmount) -> bool:
    """Whether both stand for one sum: one in words, one in figures, nothing else between."""
    if one.is_words == other.is_words or one.yuan is None or other.yuan is None:
        return False
    return _BETWEEN.fullmatch(text, one.at + len(one.words), other.at) is not None


def _differ(paper: Paper, one: WrittenAmount, other: WrittenAmount) -> Finding:
    words, figures = (one, other) if one.is_words else (other, one)
    assert figures.yuan is not None  # noqa: S101 - asked before
    what = _("大写与小写金额不一致：%(words)s 与 %(figures)s（应为 %(right)s）")
    right = in_words(figures.yuan)
    values = {"words": words.words, "figures": in_figures(figures.yuan), "right": right}
    return _finding(paper, one, what, values)


def _finding(paper: Paper, at: WrittenAmount, what: str, values: dict[str, str]) -> Finding:
    return Finding(
        "amount",
        what % values,
        f"{paper.name}：{excerpt(paper.text, at.at, at.words)}",
        _("以决定的金额为准，改正后重新制作文书"),
    )
