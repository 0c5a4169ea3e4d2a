"""Missing and altered files are named by the names people know."""

from __future__ import annotations

import io
from typing import Any

import pytest
import vault_samples as samples

from zhihuan.bureau.vault.examining import Fault, examine, glance
from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.origin import Origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(vault: Any) -> Any:
    return receive(io.BytesIO(samples.pdf()), "预案.pdf", Origin())


def write(vault: Any, stored: Any, content: bytes) -> None:
    path = vault.path_of(stored.content.sha256)
    path.chmod(0o600)
    path.write_bytes(content)


def test_sound_files_are_no_finding_and_all_bytes_are_told(vault: Any, kept: Any) -> None:
    told: list[tuple[int, int]] = []
    assert list(examine(vault, lambda done, total: told.append((done, total)))) == []
    assert told[-1] == (kept.content.size_bytes,) * 2
    assert list(glance(vault)) == []


def test_a_missing_file_is_named(vault: Any, kept: Any) -> None:
    vault.path_of(kept.content.sha256).unlink()
    [finding] = examine(vault, lambda *_: None)
    assert finding.fault is Fault.MISSING
    assert "预案.pdf" in finding.words
    assert [each.fault for each in glance(vault)] == [Fault.MISSING]


def test_one_altered_bit_is_named(vault: Any, kept: Any) -> None:
    content = bytearray(samples.pdf())
    content[-1] ^= 1
    write(vault, kept, bytes(content))
    [finding] = examine(vault, lambda *_: None)
    assert (finding.fault, finding.sha256) == (Fault.ALTERED, kept.content.sha256)


def test_a_glance_sees_a_changed_length(vault: Any, kept: Any) -> None:
    write(vault, kept, samples.pdf() + b"\n")
    assert [each.fault for each in glance(vault)] == [Fault.ALTERED]
