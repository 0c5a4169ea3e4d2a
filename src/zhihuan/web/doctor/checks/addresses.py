"""Does anybody listen where browsers and devices knock."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient
from zhihuan.web.environment import host_and_port

_SECONDS = 3
_WHAT = {
    "ZHIHUAN_WEB_ADDRESS": ("browsers", "No page can be reached."),
    "ZHIHUAN_GATEWAY_ADDRESS": (
        "devices",
        "Devices cannot report; they keep data as long as they can.",
    ),
}


def look(patient: Patient) -> Iterator[Diagnosis]:
    for setting, (whom, why) in _WHAT.items():
        if whom == "devices" and "gateway" not in patient.settings.ZHIHUAN_PARTS:
            continue  # another process's, which has its own doctor
        address = getattr(patient.settings, setting)
        if _answers(*host_and_port(address)):
            yield fine(f"{address} takes {whom}")
        else:
            yield error(
                f"nobody listens for {whom} at {address} ({setting})",
                why,
                "Start the platform (systemctl status zhihuan); look at the end of its log.",
            )


def _answers(host: str, port: int) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared, not bound
    try:
        socket.create_connection((here.get(host, host), port), _SECONDS).close()
    except OSError:
        return False
    return True
