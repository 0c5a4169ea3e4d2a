"""A real nginx with the site of deploy/nginx, on free ports, with a certificate made for the trial."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from trial.prefix import Prefix
from trial.story import FailedTrialError

_MAIN = """\
{user}daemon off;
pid {root}/run/nginx.pid;
error_log {root}/var/log/zhihuan/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {root}/var/cache/nginx/body;
    proxy_temp_path {root}/var/cache/nginx/proxy;
    include {root}/etc/nginx/sites-enabled/*;
}}
"""


def program() -> str | None:
    """Where nginx is; None without."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def make_certificate(folder: Path, name: str) -> Path:
    """fullchain.pem and privkey.pem for ``name``, good for two months, signed by themselves."""
    folder.mkdir(parents=True, exist_ok=True)
    chain = folder / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "60", "-keyout", str(folder / "privkey.pem"), "-out", str(chain),
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    return chain


@dataclass
class NginxServer:
    """The site must stand in sites-enabled of ``prefix``."""

    prefix: Prefix
    process: subprocess.Popen[bytes] | None = None

    def check(self) -> str:
        """What ``nginx -t`` says. Raises FailedTrialError when it is not content."""
        root = self.prefix.root
        user = "user www-data;\n" if os.geteuid() == 0 else ""
        for name in ("/run", "/var/log/zhihuan", "/var/cache/nginx"):
            self.prefix.folder(name, mode=0o755)
        self.prefix.write("/etc/nginx/nginx.conf", _MAIN.format(user=user, root=root))
        done = subprocess.run([*self._command(), "-t"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise FailedTrialError(f"nginx -t: {done.stderr}")
        return done.stderr.strip()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self._command(),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    def _command(self) -> list[str]:
        root = self.prefix.root
        log = str(root / "var/log/zhihuan/nginx.log")
        return [
            program() or "nginx",
            "-p",
            str(root),
            "-e",
            log,
            "-c",
            str(root / "etc/nginx/nginx.conf"),
        ]
