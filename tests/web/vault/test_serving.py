"""Kept files are sent as what they are, in a sandbox, never as a page; large ones in portions."""

from __future__ import annotations

import io
from typing import Any

import pytest
import vault_samples as samples

from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.origin import Origin
from zhihuan.web.vault import serving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def kept(content: bytes, name: str) -> Any:
    return receive(io.BytesIO(content), name, Origin())


def test_an_original_is_an_attachment_under_its_own_name_and_may_do_nothing() -> None:
    stored = kept(samples.pdf(), "应急 预案.pdf")
    answer = serving.as_download(stored.content, stored.name)
    assert answer.content == samples.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%BA%94")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    )


def test_words_of_an_uploader_never_become_a_header() -> None:
    stored = kept(b"words", "a.txt")
    answer = serving.as_download(stored.content, 'x"; filename=evil.html\r\nSet-Cookie: a=b')
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers


def test_a_picture_shown_in_a_page_is_ours_and_in_the_sandbox_too() -> None:
    stored = kept(samples.photo(), "a.jpg")
    answer = serving.as_picture(stored.content.thumbnail)
    assert answer["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"HX-20" not in answer.content


async def test_a_large_file_comes_in_portions_and_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(serving, "_WHOLE", 10)
    monkeypatch.setattr(serving, "_PORTION", 1000)
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(range(256)) * 20)
    answer: Any = serving.path_response(path, "a.zip", "application/zip")
    assert answer.streaming
    assert answer["Content-Length"] == "5120"
    portions = [each async for each in answer]
    assert (len(portions), b"".join(portions)) == (6, path.read_bytes())
