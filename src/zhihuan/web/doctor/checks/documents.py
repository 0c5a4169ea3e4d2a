"""Documents of matters: their files there (deep: as they were made), their numbers without a gap or a bare one,
nothing in their folder that no row names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import Error

from zhihuan.bureau.documents.leftovers import leftovers
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.numbers.keeping import gaps, unused
from zhihuan.bureau.documents.stored import missing_files, stored_faults
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.naming import named
from zhihuan.web.doctor.patient import Patient

#: A step is over in seconds.
_UNDER_WAY = dt.timedelta(days=1)


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        count = MatterDocument.objects.count()
        lost = stored_faults() if patient.deep else missing_files()
        wrong = gaps() + unused()
        left = [each for each in leftovers() if patient.now - each.written > _UNDER_WAY]
    except Error:
        return  # told by `database`
    yield judge(lost, count, deep=patient.deep)
    if wrong:
        yield error(
            f"{len(wrong)} numbers are not as steps leave them: {named(wrong)}",
            "The series has a gap or a number without its document; somebody went underneath the platform.",
            "Restore the database from a backup, or declare a bare number void with the reason "
            "(`zhihuan documents check` names all).",
        )
    if left:
        yield warning(
            f"{len(left)} files that no row names lie in the documents' folder: {named(list(map(str, left)))}",
            "A process was killed between a file and its row; they are nobody's and take room.",
            "`zhihuan documents sweep` deletes them.",
        )


def judge(lost: Sequence[str], count: int, *, deep: bool) -> Diagnosis:
    """count: of all documents."""
    if lost:
        return error(
            f"{len(lost)} files of documents are missing or altered: {named(lost)}",
            "What was served on somebody can neither be shown nor bundled.",
            "`zhihuan documents mend` makes again what its facts and template give byte for byte; bring the rest "
            "back from a backup (files/documents in it), then `zhihuan documents check`.",
        )
    looked = "read and as they were made" if deep else "there (--deep reads them)"
    return fine(f"the files of {count:,} documents are {looked}")
