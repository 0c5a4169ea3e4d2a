"""The vault's files: there, and as they were kept. Deep: every byte is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import Error

from zhihuan.bureau.vault.examining import Finding, examine, glance
from zhihuan.bureau.vault.models import Content
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient

_NAMED = 5


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        count = Content.objects.count()
        findings = examine(the_vault(), lambda *_: None) if patient.deep else glance(the_vault())
        yield judge(list(findings), count, deep=patient.deep)
    except Error:
        return  # told by `database`


def judge(findings: Sequence[Finding], count: int, *, deep: bool) -> Diagnosis:
    """count: of all contents."""
    if findings:
        named = "; ".join(each.words for each in findings[:_NAMED])
        more = f" and {len(findings) - _NAMED} more" if len(findings) > _NAMED else ""
        return error(
            f"{len(findings)} of {count:,} files of the vault are missing or altered: {named}{more}",
            "Evidence and documents that rest on them prove nothing any more.",
            "Find out who could write there; bring the files back from a backup (files/vault in it), each "
            "under its own name, then `zhihuan vault verify`.",
        )
    looked = "read and as they were kept" if deep else "there, of their length (--deep reads them)"
    return fine(f"{count:,} files of the vault are {looked}")
