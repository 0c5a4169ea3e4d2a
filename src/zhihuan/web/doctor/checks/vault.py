"""The vault's files: there, and as they were kept (deep: every byte is read); and none that no row names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import Error

from zhihuan.bureau.vault.examining import Finding, examine, glance, named_contents
from zhihuan.bureau.vault.models import Content
from zhihuan.bureau.vault.orphans import orphans
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.naming import named
from zhihuan.web.doctor.patient import Patient

#: The hourly job takes away what is a day old.
_SWEPT_WITHIN = dt.timedelta(hours=26)


def look(patient: Patient) -> Iterator[Diagnosis]:
    vault = the_vault()
    try:
        count = Content.objects.count()
        findings = examine(vault, lambda *_: None) if patient.deep else glance(vault)
        yield judge(list(findings), count, deep=patient.deep)
        found = orphans(vault, named_contents)
        left = [str(each) for each in found if patient.now - each.written > _SWEPT_WITHIN]
    except Error:
        return  # told by `database`
    if left:
        yield warning(
            f"{len(left)} files that no row names lie in the vault: {named(left)}",
            "They are nobody's and take room; the hourly job of the vault should have deleted them.",
            "Look for job_failed of the job vault in the log; `zhihuan vault sweep` deletes them.",
        )


def judge(findings: Sequence[Finding], count: int, *, deep: bool) -> Diagnosis:
    """count: of all contents."""
    if findings:
        return error(
            f"{len(findings)} of {count:,} files of the vault are missing or altered: "
            f"{named([each.words for each in findings])}",
            "Evidence and documents that rest on them prove nothing any more.",
            "Find out who could write there; bring the files back from a backup (files/vault in it), each "
            "under its own name, then `zhihuan vault verify`.",
        )
    looked = "read and as they were kept" if deep else "there, of their length (--deep reads them)"
    return fine(f"{count:,} files of the vault are {looked}")
