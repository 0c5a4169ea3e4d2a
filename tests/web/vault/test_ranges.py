"""A download that was cut off goes on where it stopped."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.test import RequestFactory

from zhihuan.web.vault import serving
from zhihuan.web.vault.ranges import Span, UnsatisfiableRangeError, span_asked


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", None),
        ("bytes=0-", Span(0, 100)),
        ("bytes=40-", Span(40, 100)),
        ("bytes=40-49", Span(40, 50)),
        ("bytes=40-4000", Span(40, 100)),
        ("bytes=-10", Span(90, 100)),
        ("bytes=-1000", Span(0, 100)),
        ("bytes=0-1,5-6", None),
        ("pages=1-2", None),
        ("bytes=-", None),
        ("bytes=9-3", None),
    ],
)
def test_what_part_is_asked_for(header: str, found: Span | None) -> None:
    assert span_asked(header, 100) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_beyond_the_end_there_is_nothing(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        span_asked(header, 100)


@pytest.fixture
def archive(tmp_path: Any) -> Any:
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(range(256)) * 40)
    return path


def answer_to(path: Any, **headers: str) -> Any:
    request = RequestFactory().get("/", headers=headers)
    return serving.part_response(request, path, "案卷.zip", "application/zip", "tag")


async def test_the_rest_is_the_rest(archive: Any) -> None:
    answer = answer_to(archive, range="bytes=5000-")
    assert answer.status_code == HTTPStatus.PARTIAL_CONTENT
    assert answer["Content-Range"] == "bytes 5000-10239/10240"
    assert answer["Content-Length"] == "5240"
    assert b"".join([each async for each in answer]) == archive.read_bytes()[5000:]
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_whole_says_that_parts_may_be_asked_for(archive: Any) -> None:
    answer = answer_to(archive)
    assert (answer.status_code, answer["Accept-Ranges"], answer["ETag"]) == (200, "bytes", '"tag"')
    assert answer.content == archive.read_bytes()


def test_another_file_of_that_address_begins_anew(archive: Any) -> None:
    answer = answer_to(archive, range="bytes=5000-", if_range='"an older one"')
    assert answer.status_code == HTTPStatus.OK
    assert answer.content == archive.read_bytes()


def test_beyond_the_end_is_told_with_the_length(archive: Any) -> None:
    answer = answer_to(archive, range="bytes=10240-")
    assert answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert answer["Content-Range"] == "bytes */10240"
