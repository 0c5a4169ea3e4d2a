"""Take the next number of a series, without a gap and without a double.

The counter's row is locked by its own update until the step's transaction ends: whoever comes second waits,
and gets the next number when the first committed, or the same when the first was rolled back. So a step
that fails leaves no gap. It refuses to work outside a transaction, where that could not be kept.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.issuing import mark_of, the_bureau
from zhihuan.bureau.documents.models import DocumentNumber, NumberCounter
from zhihuan.bureau.documents.numbers.rule import NumberRule
from zhihuan.bureau.people.models import Organisation

__all__ = ["holder_of", "take_number"]


def take_number(
    rule: NumberRule, issuer: Organisation, at: datetime, **more: str
) -> DocumentNumber:
    """The next number of the rule, for the issuer, in the year of ``at`` [Beijing]; part of the caller's
    transaction. more: what the rule asks for beside.

    DocumentError when something it asks for is missing or the text is another number's.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken within the transaction of what it is for")
    if lacking := [name for name in rule.asks_for if not more.get(name)]:
        raise DocumentError(f"numbers by {rule.code} need {', '.join(lacking)}")
    holder, year = holder_of(rule, issuer), beijing_day(at).year
    number = _next(rule.code, holder, year)
    text = rule.write(year, number, mark_of(holder) if rule.has_mark else "", **more)
    try:
        with transaction.atomic():
            return DocumentNumber.objects.create(
                rule=rule.code,
                organisation=holder,
                year=year,
                number=number,
                text=text,
                taken_at=at,
            )
    except IntegrityError as error:
        raise DocumentError(
            f"{text} is another document's number: give {holder} its own mark"
        ) from error


def holder_of(rule: NumberRule, issuer: Organisation) -> Organisation:
    """Whose series it is: the issuer's where its mark is part of the number, else the bureau's."""
    return issuer if rule.has_mark else the_bureau()


def _next(rule: str, holder: Organisation, year: int) -> int:
    series = NumberCounter.objects.filter(rule=rule, organisation=holder, year=year)
    if not series.update(last=F("last") + 1):
        # the first of its year: whoever inserts it second waits for the first, and then counts on
        NumberCounter.objects.bulk_create(
            [NumberCounter(rule=rule, organisation=holder, year=year)], ignore_conflicts=True
        )
        series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()
