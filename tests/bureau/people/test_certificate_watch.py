"""How certificates stand, by the day; the rule over values and the same over rows."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.people.certificate_watch import (
    WARNED_BEFORE,
    Standing,
    best_certificate,
    in_standing,
    officers,
    standing,
)
from zhihuan.bureau.people.models import EnforcementCertificate
from zhihuan.bureau.people.roles import DUTY_OFFICER, FIELD_OFFICER

DAY = dt.date(2026, 5, 3)
CASES = [
    (-400, 300, Standing.VALID),
    (-400, WARNED_BEFORE.days + 1, Standing.VALID),
    (-400, WARNED_BEFORE.days, Standing.ENDING),
    (-400, 0, Standing.ENDING),
    (-400, -1, Standing.ENDED),
    (0, 300, Standing.VALID),
    (1, 300, Standing.NOT_YET),
    (1, 10, Standing.NOT_YET),
]


def days(begins: int, ends: int) -> tuple[dt.date, dt.date]:
    return DAY + dt.timedelta(begins), DAY + dt.timedelta(ends)


@pytest.mark.parametrize(("begins", "ends", "expected"), CASES)
def test_a_certificate_stands_by_its_days(begins, ends, expected):
    assert standing(*days(begins, ends), DAY) is expected


def test_without_a_certificate_nobody_enforces():
    assert standing(None, None, DAY) is Standing.NONE
    enforcing = {each for each in Standing if each.may_enforce}
    assert enforcing == {Standing.VALID, Standing.ENDING}


@pytest.mark.django_db
def test_the_condition_over_rows_agrees_with_the_rule_over_values(person):
    user = person(FIELD_OFFICER)
    for number, (begins, ends, _expected) in enumerate(CASES):
        issued, expires = days(begins, ends)
        EnforcementCertificate.objects.create(
            user=user, number=f"C{number}", issued=issued, expires=expires
        )
    for wanted in Standing:
        rows = EnforcementCertificate.objects.filter(in_standing(wanted.value, DAY))
        told = {
            c.number
            for c in EnforcementCertificate.objects.all()
            if standing(c.issued, c.expires, DAY) is wanted
        }
        assert {row.number for row in rows} == told, wanted
    assert not EnforcementCertificate.objects.filter(in_standing("nonsense", DAY)).exists()


@pytest.mark.django_db
def test_an_officer_stands_by_the_certificate_in_force_or_else_the_latest(person):
    user, other = person(FIELD_OFFICER), person(DUTY_OFFICER)
    user.grants.update(valid_from=dt.date(2020, 1, 1))
    assert officers(DAY).get().certificate_number is None
    for number, span in {"old": (-900, -400), "now": (-10, 200), "next": (100, 900)}.items():
        issued, expires = days(*span)
        for who in (user, other):
            EnforcementCertificate.objects.create(
                user=who, number=f"{number}{who.pk}", issued=issued, expires=expires
            )
    found = officers(DAY).get()
    assert (found, found.certificate_number) == (user, f"now{user.pk}")
    assert best_certificate(user, DAY).number == f"now{user.pk}"
    later = DAY + dt.timedelta(950)
    assert officers(later).get().certificate_number == f"next{user.pk}"
    assert best_certificate(user, later).number == f"next{user.pk}"
    user.is_active = False
    user.save()
    assert not officers(DAY).exists()
