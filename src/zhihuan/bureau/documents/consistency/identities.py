"""A party who is a person is named by one identity document, the same in every paper. No finding quotes a number in full.

Source: 行政处罚法 §59(1)(1); 生态环境行政处罚办法（部令第30号）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding
from zhihuan.bureau.documents.reading.bodies import alike
from zhihuan.bureau.people.credit_code import is_consistent
from zhihuan.bureau.people.masking import masked
from zhihuan.bureau.people.resident_number import is_resident_number, looks_resident

__all__ = ["identities"]

_LABEL = "公民身份号码|身份证号码|身份证号|证件号码"
_LABELLED = re.compile(rf"(?:{_LABEL})\s*[：:]?\s*([0-9A-Za-z（）()\-]{{4,30}})")
_RESIDENT = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")


def identities(file: CaseFile) -> Iterator[Finding]:
    """The number is registered before a paper goes out, it is the same in all papers, and it holds its check character."""
    served = [each for each in file.standing if each.is_served]
    if file.needs_identity and not file.identity_numbers and served:
        yield Finding(
            "identity_missing",
            _("当事人为自然人（含个体工商户），案卷没有登记其身份证件号码"),
            served[-1].name,
            _("办理“登记当事人身份”，重新制作未写明身份证件的告知书、决定书"),
        )
    for paper in file.standing:
        for number in _numbers_in(paper.text):
            yield from _judged(file, paper, number)


def _judged(file: CaseFile, paper: Paper, number: str) -> Iterator[Finding]:
    known, *earlier = file.identity_numbers or ("",)
    if number == known:
        return
    if known and (number in earlier or alike(number, known)):
        words = _("身份证件号码不一致：文书写作 %(number)s，登记为 %(known)s")
        yield Finding(
            "identity_differs",
            words % {"number": masked(number), "known": masked(known)},
            paper.name,
            _("对照证件核对，更正登记或者重新制作文书"),
        )
    elif looks_resident(number) and not is_resident_number(number):
        yield Finding(
            "identity_wrong",
            _("公民身份号码 %(number)s 的校验码不符") % {"number": masked(number)},
            paper.name,
            _("对照证件逐位核对并改正"),
        )


def _numbers_in(text: str) -> tuple[str, ...]:
    """Behind their labels, and of eighteen digits wherever they stand unless they are credit codes; each once."""
    found = [*_LABELLED.findall(text), *_RESIDENT.findall(text)]
    numbers = dict.fromkeys(each.upper() for each in found)
    return tuple(each for each in numbers if not (each.isdigit() and is_consistent(each)))
