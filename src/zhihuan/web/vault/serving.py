"""Send a kept file to a browser: as what it is and nothing else, in a sandbox, never as a page.

Every answer has ``Content-Disposition``, ``nosniff`` and a content policy that allows nothing. Small files go
whole, large ones in portions, so that a film never stands in memory. What we made is sent in parts too,
so that a download that was cut off goes on where it stopped.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import IO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.models import Content
from zhihuan.bureau.vault.store import MissingFileError
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.web.vault.ranges import Span, UnsatisfiableRangeError, span_asked

__all__ = ["as_download", "as_picture", "guarded", "part_response", "path_response"]

_WHOLE = 4 * 2**20
_PORTION = 2**18
_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def as_download(content: Content, name: str) -> HttpResponseBase:
    """The original, under the name it was given. Http404 when the vault has lost it."""
    file = _opened(content)
    answer = _answer(file, content.size_bytes, KINDS[content.kind].media_type)
    answer["Content-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(content.sha256)).decode()}:"
    return guarded(answer, name, as_attachment=True)


def as_picture(content: Content) -> HttpResponseBase:
    """A preview or thumbnail of ours, to be shown in a page."""
    answer = _answer(_opened(content), content.size_bytes, KINDS[content.kind].media_type)
    return guarded(answer, f"{content.sha256[:12]}.jpg", as_attachment=False)


def path_response(path: Path, name: str, media_type: str) -> HttpResponseBase:
    """A file that we made, as an attachment. Http404 when it is gone."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return guarded(_answer(file, path.stat().st_size, media_type), name, as_attachment=True)


def part_response(
    request: HttpRequest, path: Path, name: str, media_type: str, tag: str
) -> HttpResponseBase:
    """The same, or the part of it that the request asks for. tag: tells this file from any other of that address."""
    etag = f'"{tag}"'
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Http404 from error
    try:
        span = (
            None if _is_other(request, etag) else span_asked(request.headers.get("Range", ""), size)
        )
    except UnsatisfiableRangeError:
        answer: HttpResponseBase = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    answer = (
        path_response(path, name, media_type)
        if span is None
        else _part(path, name, media_type, span)
    )
    answer["Accept-Ranges"], answer["ETag"] = "bytes", etag
    return answer


def _is_other(request: HttpRequest, etag: str) -> bool:
    """Whether what was begun is another file: then it begins anew."""
    return request.headers.get("If-Range", etag) != etag


def _part(path: Path, name: str, media_type: str, span: Span) -> HttpResponseBase:
    file = path.open("rb")
    file.seek(span.start)
    size = path.stat().st_size
    answer = StreamingHttpResponse(_portions(file, span.length), content_type=media_type)
    answer.status_code = HTTPStatus.PARTIAL_CONTENT
    answer["Content-Length"], answer["Content-Range"] = str(span.length), span.said(size)
    return guarded(answer, name, as_attachment=True)


def _opened(content: Content) -> IO[bytes]:
    try:
        return the_vault().open(content.sha256)
    except MissingFileError as error:
        raise Http404 from error


def _answer(file: IO[bytes], size: int, media_type: str) -> HttpResponseBase:
    if size <= _WHOLE:
        with file:
            return HttpResponse(file.read(), content_type=media_type)
    answer = StreamingHttpResponse(_portions(file), content_type=media_type)
    answer["Content-Length"] = str(size)
    return answer


async def _portions(file: IO[bytes], most: int | None = None) -> AsyncIterator[bytes]:
    """most: how many bytes at most; None: up to the end."""
    left = most
    with file:
        while chunk := await asyncio.to_thread(file.read, _next(left)):
            yield chunk
            left = None if left is None else left - len(chunk)


def _next(left: int | None) -> int:
    return _PORTION if left is None else min(_PORTION, left)


def guarded(answer: HttpResponseBase, name: str, *, as_attachment: bool) -> HttpResponseBase:
    """The headers that every kept file is sent with."""
    header = content_disposition_header(as_attachment=as_attachment, filename=name)
    answer["Content-Disposition"] = header or "attachment"
    answer["Content-Security-Policy"] = _POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
