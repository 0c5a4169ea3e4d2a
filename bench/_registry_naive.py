"""The naive lists on a server like the platform's own: ``python -m bench._registry_naive``, until killed.

Says its address first, as ``zhihuan serve`` does. What it serves: ``_registry_naive_pages``.
"""

from __future__ import annotations

import os
import socket

import uvicorn


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench._registry_naive_settings"
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        "zhihuan.web.asgi:application", lifespan="off", access_log=False, log_config=None
    )
    print(f"web http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
