"""No request fills the disk: a body longer than its address may take is refused before Django spools it.

Evidence and steps take the largest file of ``ZHIHUAN_VAULT_…_MB``; every other address what an import
needs. A body that says its length is refused at once (413), one that does not is cut off as soon as
it is longer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from zhihuan.bureau.vault.limits import Limits

__all__ = ["BoundedBody"]

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[Any, _Receive, _Send], Awaitable[None]]
_MIB = 2**20
_USUAL = 16 * _MIB
_FORM_AROUND = _MIB
_FOR_FILES = ("/evidence/", "/matters/")


class BoundedBody:
    """An ASGI application around another."""

    def __init__(self, app: _App) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = _most(scope["path"])
        if _told_length(scope) > most:
            await _refuse(send, most)
        else:
            await self._app(scope, _counted(receive, most), send)


def _most(path: str) -> int:
    """Bytes that a body sent there may have."""
    if path.startswith(_FOR_FILES):
        return Limits.from_settings(settings).largest + _FORM_AROUND
    return _USUAL


def _told_length(scope: Any) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


def _counted(receive: _Receive, most: int) -> _Receive:
    """Ends the request, as if the client had gone, when more comes than may."""
    seen = 0

    async def counted() -> _Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > most else message

    return counted


async def _refuse(send: _Send, most: int) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        words = _("上传的内容超过 %(most)d MB，未接收。请压缩或分开后重新上传。") % {
            "most": most // _MIB
        }
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
