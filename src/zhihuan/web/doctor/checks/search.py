"""The search index: has every record its entry, and do the database's indexes hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import Error, connection, transaction

from zhihuan.bureau.search.agreement import compare, counts
from zhihuan.bureau.search.engines import engine_of
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient

_WHY = "What is registered is not found by whoever looks for it, and is registered twice."
_MEND = "Run zhihuan search rebuild; the platform may go on working."


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        yield judge_counts(counts())
        if patient.deep:
            yield judge_content(sum(e.missing + e.wrong + e.left_over for e in compare()))
            with transaction.atomic(), connection.cursor() as cursor:
                yield judge_indexes(engine_of().trouble(cursor))
    except Error:
        return  # told by `database`


def judge_counts(found: Sequence[tuple[str, int, int]]) -> Diagnosis:
    """found: kind of record, records, entries."""
    wrong = [(kind, rows, entries) for kind, rows, entries in found if rows != entries]
    if wrong:
        told = "; ".join(
            f"{kind}: {rows} records, {entries} entries" for kind, rows, entries in wrong
        )
        return error(told, _WHY, _MEND)
    return fine(f"{sum(rows for _, rows, _ in found)} records, each with its entry")


def judge_content(differing: int) -> Diagnosis:
    """differing: entries that do not say what their record says."""
    if differing:
        return error(f"{differing} entries differ from their records", _WHY, _MEND)
    return fine("every entry says what its record says")


def judge_indexes(trouble: str) -> Diagnosis:
    """trouble: what the engine says, "" for nothing."""
    if trouble:
        return error(trouble, "Searches miss records, or take seconds.", _MEND)
    return fine("the database's indexes agree with the entries")
