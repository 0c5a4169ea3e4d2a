"""All rules over one file. What is wrong comes before what wants a look."""

from __future__ import annotations

from collections.abc import Sequence

from zhihuan.bureau.documents.consistency.amounts import amounts_agree
from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.exhibits import copies_compared, pictures_told
from zhihuan.bureau.documents.consistency.finding import Finding, Weight
from zhihuan.bureau.documents.consistency.identities import identities
from zhihuan.bureau.documents.consistency.law import law_cited
from zhihuan.bureau.documents.consistency.names import codes, party_names
from zhihuan.bureau.documents.consistency.of_a_line import FileRule
from zhihuan.bureau.documents.consistency.order import (
    acts_in_order,
    days_exist,
    numbers_fit_days,
    papers_cited,
)
from zhihuan.bureau.documents.consistency.people import certificates_valid, not_one_alone
from zhihuan.bureau.documents.consistency.periods import limits_kept, stops_have_papers
from zhihuan.bureau.documents.consistency.remedies import remedy_periods
from zhihuan.bureau.documents.consistency.service import papers_mailed, papers_served

__all__ = ["RULES", "checked"]

RULES: tuple[FileRule, ...] = (
    party_names,
    codes,
    identities,
    amounts_agree,
    law_cited,
    days_exist,
    acts_in_order,
    numbers_fit_days,
    papers_cited,
    remedy_periods,
    papers_served,
    papers_mailed,
    not_one_alone,
    certificates_valid,
    limits_kept,
    stops_have_papers,
    pictures_told,
    copies_compared,
)


def checked(file: CaseFile, more: Sequence[FileRule] = ()) -> list[Finding]:
    """What every rule finds, in the order of the rules within a weight."""
    found = [finding for rule in (*RULES, *more) for finding in rule(file)]
    return sorted(found, key=lambda each: each.weight is not Weight.WRONG)
