"""The machine of docs/deploy-one.md in a folder: PostgreSQL, nginx and the units' command lines."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from clickhouse_cluster import free_ports
from trial import installation, nginx_server
from trial.account import Account, unprivileged
from trial.browser import Browser
from trial.fleet import PASSWORD
from trial.nginx_server import NginxServer
from trial.postgresql_server import PostgresServer
from trial.prefix import Prefix
from trial.story import FailedTrialError
from trial.unit import Unit, end
from trial.waiting import listens, until

#: A name that leads here without a name server; and the one the deployment is known by.
NAME, KNOWN_AS = "localhost", "eco.example.gov.cn"
TOKEN = "0123456789abcdef0123456789abcdef"
PHRASE = "a trial's own phrase"


class OneMachine:
    """Parts are started in the order of the guide; ``stop`` ends whatever runs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.account: Account = unprivileged()
        self.web, self.devices, self.plain, self.tls = free_ports(4)
        ports = {
            "listen 80": f"listen {self.plain}",
            "listen [::]:80": f"listen [::]:{self.plain}",
            "listen 443": f"listen {self.tls}",
            "listen [::]:443": f"listen [::]:{self.tls}",
            "server 127.0.0.1:8000": f"server 127.0.0.1:{self.web}",
        }
        self.prefix = Prefix(root, {KNOWN_AS: NAME, **ports})
        self.nginx = NginxServer(self.prefix)
        self.postgres = self._postgres()
        self.serving: subprocess.Popen[bytes] | None = None

    def _postgres(self) -> PostgresServer:
        server = unprivileged("postgres")
        for folder in ("/var/lib/postgresql", "/var/run/postgresql"):
            self.prefix.folder(folder, server.owner, 0o755)
        conf = self.prefix.put("postgresql/zhihuan.conf", "/etc/postgresql/zhihuan.conf")
        # by socket, each account as itself; the superuser for this script
        hba = "local all postgres trust\nlocal all all peer\n"
        data, socket = self.root / "var/lib/postgresql/main", self.root / "var/run/postgresql"
        return PostgresServer(server, data, socket, 5432, hba, [conf])

    def configure(self) -> None:
        """What the guide has the administrator write."""
        installation.lay_out(
            self.prefix,
            self.account,
            {
                "ZHIHUAN_ALLOWED_HOSTS": f"{KNOWN_AS},{NAME}",
                "ZHIHUAN_TRUSTED_ORIGINS": f"https://{NAME}:{self.tls}",
                "ZHIHUAN_WEB_ADDRESS": f"127.0.0.1:{self.web}",
                "ZHIHUAN_GATEWAY_ADDRESS": f"127.0.0.1:{self.devices}",
                "ZHIHUAN_METRICS_TOKEN": TOKEN,
                # less than LimitNOFILE: a container's bound of open files may be lower
                "ZHIHUAN_GATEWAY_CONNECTIONS": "1500",
            },
        )
        backup = self.prefix.path("/etc/zhihuan/backup.env")
        installation.set_in(backup, {"ZHIHUAN_BACKUP_PASSPHRASE": PHRASE})
        self.prefix.put("nginx/zhihuan.conf", "/etc/nginx/sites-enabled/zhihuan.conf")
        nginx_server.make_certificate(self.prefix.path("/etc/ssl/zhihuan"), NAME)

    def create_databases(self) -> None:
        """The real one and the one for rehearsals, both the account's own."""
        self.postgres.create()
        self.postgres.start()
        self.postgres.sql(f'CREATE ROLE "{self.account.name}" LOGIN')
        for name in ("zhihuan", "zhihuan_rehearsal"):
            self.postgres.sql(f'CREATE DATABASE {name} OWNER "{self.account.name}"')

    def seed(self, mns: list[str]) -> str:
        """Devices, a person, sealed past days; what the program says."""
        self.unit("zhihuan.service").make_folders(self.prefix, self.account)
        seed = shutil.copy(Path(__file__).with_name("seed.py"), self.root / "seed.py")
        python = str(self.prefix.path("/opt/zhihuan/current/bin/python"))
        return self.as_platform(python, str(seed), PASSWORD, *mns)

    def zhihuan(self, *words: str, codes: frozenset[int] = frozenset({0})) -> str:
        """The platform's command, with its account and settings; what it says."""
        return self.as_platform(str(self.prefix.path(installation.PROGRAM)), *words, codes=codes)

    def as_platform(self, *command: str, codes: frozenset[int] = frozenset({0})) -> str:
        unit = self.unit("zhihuan.service")
        done = subprocess.run(
            self.account.command(*command), env=unit.environment(), capture_output=True, text=True,
            cwd=self.prefix.path("/var/lib/zhihuan"), check=False, umask=0o077,
        )  # fmt: skip
        if done.returncode not in codes:
            raise FailedTrialError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def unit(self, name: str) -> Unit:
        """A unit as it lies in this machine's etc."""
        return Unit.read(self.root / "etc/systemd/system" / name)

    def run_unit(self, name: str) -> str:
        """What a timer would run; what it says. Raises FailedTrialError when it fails."""
        unit = self.unit(name)
        unit.make_folders(self.prefix, self.account)
        done = unit.run(self.account)
        if done.returncode not in unit.good_codes():
            raise FailedTrialError(f"{name} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout

    def serve(self) -> None:
        """As systemd starts it; returns when it takes devices and browsers."""
        log = self.root / "serve.log"
        self.serving = self.unit("zhihuan.service").start(self.account, log)
        until(lambda: self._serves(log), "the platform", 120)

    def _serves(self, log: Path) -> bool:
        if self.serving is not None and self.serving.poll() is not None:
            raise FailedTrialError(f"the platform ended while starting:\n{log.read_text()[-3000:]}")
        return listens(self.web) and listens(self.devices)

    def end_serving(self, number: int) -> int:
        """Send the platform a signal; its exit code."""
        return end(self.serving, number) if self.serving is not None else 0

    def browser(self, source: str = "127.0.0.1") -> Browser:
        return Browser(NAME, self.tls, self.prefix.path("/etc/ssl/zhihuan/fullchain.pem"), source)

    def stop(self) -> None:
        """Everything that runs, in the reverse order."""
        self.nginx.stop()
        if self.serving is not None and self.serving.poll() is None:
            self.end_serving(15)
        self.postgres.stop()
