"""The web server in a thread and event loop of its own.

Apart from the gateway's loop on purpose: a slow page must not delay the answer to a device, and a
flood of frames must not freeze the pages.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from importlib import import_module

import uvicorn

from zhihuan.web.live import stream
from zhihuan.web.platform.addresses import Address, cannot_listen
from zhihuan.web.platform.taking_turns import Shares, TurnSocket

_log = logging.getLogger(__name__)
_STOP_SECONDS = 10
_BACKLOG = 2048
#: So long after its start, when the first readers have their pages, a process makes what programs will ask for. That is
#: seconds of work: the next process at the socket waits so much longer.
_INTERFACE_SECONDS = 60.0
_INTERFACE_APART_SECONDS = 15.0


class WebServer:
    """Serves at a listening socket (``listen``) from ``start``; ends its streams and stops in ``stop``.

    shares: what other processes at this socket hold, where there are any; place: which of them this is, from 0."""

    def __init__(
        self, listening: socket.socket, shares: Shares | None = None, place: int = 0
    ) -> None:
        self._shares = shares
        self._socket = listening if shares is None else TurnSocket(listening, shares, self._held)
        self._server = uvicorn.Server(
            uvicorn.Config(
                "zhihuan.web.asgi:application",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                # Forwarded headers are believed in one place only: zhihuan.web.proxy.
                proxy_headers=False,
                timeout_graceful_shutdown=_STOP_SECONDS // 2,
            )
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._later = threading.Timer(
            _INTERFACE_SECONDS + place * _INTERFACE_APART_SECONDS,
            import_module,
            ["zhihuan.web.api.urls"],
        )
        self._later.daemon = True

    def start(self) -> None:
        self._thread.start()
        self._later.start()

    @property
    def is_running(self) -> bool:
        """Whether it has neither stopped nor broken."""
        return self._thread.is_alive()

    def tell_share(self) -> None:
        """The others at the socket learn how many connections are open here."""
        if self._shares is not None:
            self._shares.tell(self._held())

    def _held(self) -> int:
        return len(self._server.server_state.connections)

    def stop(self) -> None:
        """Returns when the last page was answered, or after ten seconds."""
        self._later.cancel()
        if not self._thread.is_alive():
            self._socket.close()
            return
        self._loop.call_soon_threadsafe(self._begin_to_stop)
        self._thread.join(_STOP_SECONDS)

    def _begin_to_stop(self) -> None:
        self._server.should_exit = True
        self._closing = self._loop.create_task(stream.feed().close())

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._server.serve(sockets=[self._socket]))
        except Exception:
            _log.exception("the web server ended unexpectedly")
            raise
        finally:
            self._loop.close()


def listen(address: Address) -> socket.socket:
    """A socket that page processes may inherit. A taken port is the caller's error at once."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # named as TCP, asyncio switches Nagle's algorithm off: else the last part of a page waits for the reader's
    # delayed acknowledgement, 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        # From now on browsers may knock: they are answered as soon as the server runs.
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise cannot_listen("ZHIHUAN_WEB_ADDRESS", address, error) from error
    listening.set_inheritable(True)
    return listening
