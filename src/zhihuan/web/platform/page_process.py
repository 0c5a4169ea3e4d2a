"""One page process (``page_processes``): ``python -m zhihuan.web.platform.page_process SOCKET DOOR SHARES PLACE``.

SOCKET: the number of the listening socket it was given. DOOR: the path of the door to the store. SHARES, PLACE: the file
where each tells how many connections it holds, and which place is its own. Serves until SIGTERM, or until the
process that started it is gone.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from pathlib import Path

from zhihuan.telemetry.store.door import DoorEngine

_LOOK_SECONDS = 1.0


def main(number: int, door: Path, shares: Path, place: int) -> int:
    """Serve pages at this socket, in turn with the others; the exit code: 1 when the server broke."""
    from zhihuan.web.start import set_up

    # Ctrl-C reaches the whole group, and whoever began us stops us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_up()

    from django.conf import settings

    from zhihuan.bureau.acquisition.store import close_store, use_store
    from zhihuan.telemetry.gateway.garbage import calm_collector
    from zhihuan.telemetry.logs import write_json_logs
    from zhihuan.telemetry.store.opening import embedded_folder
    from zhihuan.telemetry.store.sql_store import SqlStore
    from zhihuan.web.environment import read
    from zhihuan.web.operations import exported
    from zhihuan.web.platform.taking_turns import Shares
    from zhihuan.web.platform.web_server import WebServer

    write_json_logs(read("ZHIHUAN_LOG_LEVEL"))
    engine = DoorEngine(door)
    if embedded_folder(settings.ZHIHUAN_STORE_URL) is not None:
        use_store(SqlStore(engine))  # a cluster is asked without a detour
    exported.ask_too(lambda: engine.ask("figures"))
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: told.set())
    threading.Thread(target=_tell_the_end, args=(engine, told), daemon=True).start()
    web = WebServer(socket.socket(fileno=number), Shares(shares, place), place)
    web.start()
    calm_collector()
    engine.ask("up")
    web.tell_share()
    while web.is_running and not told.wait(_LOOK_SECONDS):
        web.tell_share()
    web.stop()
    close_store()
    return 0 if told.is_set() else 1


def _tell_the_end(engine: DoorEngine, told: threading.Event) -> None:
    engine.wait_for_end()
    told.set()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
