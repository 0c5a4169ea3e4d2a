"""The doctor finds documents that are gone or altered, bare numbers, and files that no row names."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import time
from typing import Any

import pytest

from zhihuan.bureau.documents.kept import keep, path_of
from zhihuan.bureau.documents.models import DocumentNumber
from zhihuan.bureau.people.models import Organisation
from zhihuan.web.doctor.checks import documents
from zhihuan.web.doctor.diagnosis import Level

pytestmark = pytest.mark.django_db


def test_nothing_made_is_fine(patient: Any, worst: Any) -> None:
    assert worst(documents.look(patient)) == (
        Level.FINE,
        "the files of 0 documents are there (--deep reads them)",
    )


def test_a_lost_file_is_an_error(patient: Any) -> None:
    found = documents.judge(["document 1: the file ab is missing"], 3, deep=False)
    assert found.level is Level.ERROR
    assert "document 1" in found.what
    assert "zhihuan documents mend" in found.mend


def test_a_number_without_its_document_is_an_error(patient: Any, worst: Any) -> None:
    bureau = Organisation.objects.create(name="市局", kind="bureau")
    DocumentNumber.objects.create(
        rule="penalty_decision",
        organisation=bureau,
        year=2026,
        number=1,
        text="中环罚字〔2026〕1号",
    )
    level, words = worst(documents.look(patient))
    assert level is Level.ERROR
    assert "中环罚字〔2026〕1号 is no document's number" in words


def test_a_file_that_no_row_names_is_a_warning_once_no_step_can_be_under_way(
    patient: Any, worst: Any
) -> None:
    orphan = keep(b"killed before its row")
    assert worst(documents.look(patient))[0] is Level.FINE
    os.utime(path_of(orphan), (time.time() - 2 * 86_400,) * 2)
    later = dataclasses.replace(patient, now=patient.now + dt.timedelta(seconds=1))
    level, words = worst(documents.look(later))
    assert level is Level.WARNING
    assert orphan in words
