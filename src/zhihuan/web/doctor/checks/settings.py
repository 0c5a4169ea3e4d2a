"""Unsafe settings and accounts: what ``zhihuan check --deploy`` says, so that one command says all."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import Error

from zhihuan.web.data_safety import data_findings
from zhihuan.web.doctor.diagnosis import Diagnosis, Level, fine
from zhihuan.web.doctor.patient import Patient
from zhihuan.web.finding import Finding
from zhihuan.web.safety import findings


def look(patient: Patient) -> Iterator[Diagnosis]:
    found = [*findings(patient.settings), *_in_the_database()]
    for each in found:
        level = Level.ERROR if each.is_error else Level.WARNING
        yield Diagnosis(level, each.setting, each.problem, each.remedy)
    if not found:
        yield fine("nothing unsafe in settings and accounts")


def _in_the_database() -> list[Finding]:
    try:
        return [
            each for each in data_findings() if each.setting != "database"
        ]  # told by `database`
    except Error:
        return []
