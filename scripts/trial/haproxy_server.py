"""A real HAProxy with deploy/many/haproxy/haproxy.cfg, its addresses moved to loopback ports."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from trial.prefix import DEPLOY
from trial.story import FailedTrialError

CONFIGURATION = DEPLOY / "many" / "haproxy" / "haproxy.cfg"


def program() -> str | None:
    """Where HAProxy is; None without."""
    return shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def moved(text: str, folder: Path, listen: int, gateways: list[tuple[int, int]]) -> str:
    """The configuration on loopback. gateways: (port for devices, port of its pages) each."""
    text = text.replace("bind :9212", f"bind 127.0.0.1:{listen}")
    for number, (devices, web) in enumerate(gateways, start=1):
        line = rf"server gateway{number} \S+"
        text = re.sub(line, f"server gateway{number} 127.0.0.1:{devices} port {web}", text)
    text = text.replace("/run/haproxy/admin.sock mode 660", f"{folder}/admin.sock mode 600")
    text = re.sub(r"^    (user|group) haproxy$", "", text, flags=re.MULTILINE)
    # the bound of open files of a container may be lower than a balancer's
    return text.replace("maxconn 60000", "maxconn 500").replace(
        "log /dev/log local0", "log stdout format raw local0"
    )


@dataclass
class HaproxyServer:
    """folder: its configuration and log."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self, text: str) -> None:
        """Raises FailedTrialError when ``haproxy -c`` is not content."""
        file = self.folder / "haproxy.cfg"
        file.write_text(text)
        check(file)
        with (self.folder / "haproxy.log").open("ab") as log:
            self.process = subprocess.Popen(
                [program() or "haproxy", "-db", "-f", str(file)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


def check(file: Path) -> None:
    """What ``haproxy -c`` says must be nothing. Raises FailedTrialError."""
    done = subprocess.run(
        [program() or "haproxy", "-c", "-q", "-f", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FailedTrialError(f"haproxy -c: {done.stderr}")
