"""HOST:PORT of settings, read and shown."""

from __future__ import annotations

import os
from typing import NamedTuple

from zhihuan.web.environment import BadSettingError, host_and_port


class Address(NamedTuple):
    """Where a server listens. Port 0 lets the system choose."""

    host: str
    port: int

    def url(self) -> str:
        """The address for a browser on this machine."""
        everywhere = self.host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
        host = "127.0.0.1" if everywhere else self.host
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"


def read_address(setting: str, text: str) -> Address:
    """``127.0.0.1:8000`` or ``[::1]:8000``; an error names ``setting``."""
    try:
        return Address(*host_and_port(text))
    except ValueError as error:
        raise BadSettingError(f"{setting}={text!r}: {error}") from error


def cannot_listen(setting: str, address: Address, error: OSError) -> OSError:
    """The error, told so that an operator can mend it."""
    return OSError(
        f"cannot listen on {address.host}:{address.port} ({os.strerror(error.errno or 0)}); stop what "
        f"listens there, or set {setting} to another HOST:PORT"
    )
