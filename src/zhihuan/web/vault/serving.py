"""Send a kept file to a browser: as what it is and nothing else, in a sandbox, never as a page.

Every answer has ``Content-Disposition``, ``nosniff`` and a content policy that allows nothing. Small files go
whole, large ones in portions, so that a film never stands in memory.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.models import Content
from zhihuan.bureau.vault.store import MissingFileError
from zhihuan.bureau.vault.vaults import the_vault

__all__ = ["as_download", "as_picture", "guarded", "path_response"]

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


async def _portions(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while chunk := await asyncio.to_thread(file.read, _PORTION):
            yield chunk


def guarded(answer: HttpResponseBase, name: str, *, as_attachment: bool) -> HttpResponseBase:
    """The headers that every kept file is sent with."""
    header = content_disposition_header(as_attachment=as_attachment, filename=name)
    answer["Content-Disposition"] = header or "attachment"
    answer["Content-Security-Policy"] = _POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
