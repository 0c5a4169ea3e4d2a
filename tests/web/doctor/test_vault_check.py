"""The doctor finds files of the vault that are gone or altered; deep, also those of the same length."""

from __future__ import annotations

import dataclasses
import io
import os
import time
from pathlib import Path
from typing import Any

import pytest

from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.web.doctor.checks import vault
from zhihuan.web.doctor.diagnosis import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(patient: Any) -> Path:
    stored = receive(io.BytesIO(b"words"), "a.txt", Origin())
    return the_vault().path_of(stored.content.sha256)


def test_a_sound_vault_is_fine(patient: Any, kept: Path, worst: Any) -> None:
    assert worst(vault.look(patient))[0] is Level.FINE


def test_a_missing_file_is_an_error_with_its_name(patient: Any, kept: Path, worst: Any) -> None:
    kept.unlink()
    level, words = worst(vault.look(patient))
    assert level is Level.ERROR
    assert "a.txt" in words


def test_an_altered_file_of_the_same_length_is_found_by_the_deep_look(
    patient: Any, kept: Path, worst: Any
) -> None:
    kept.chmod(0o600)
    kept.write_bytes(b"sword")
    assert worst(vault.look(patient))[0] is Level.FINE
    deep = dataclasses.replace(patient, deep=True)
    assert worst(vault.look(deep))[0] is Level.ERROR


def test_a_file_that_no_row_names_is_a_warning_when_the_hourly_job_left_it(
    patient: Any, kept: Path, worst: Any
) -> None:
    orphan = the_vault().put(io.BytesIO(b"nobody's")).sha256
    assert worst(vault.look(patient))[0] is Level.FINE
    os.utime(the_vault().path_of(orphan), (time.time() - 2 * 86_400,) * 2)
    level, words = worst(vault.look(patient))
    assert level is Level.WARNING
    assert orphan in words
