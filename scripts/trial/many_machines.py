"""The machines of docs/deploy-many.md as processes of one, on loopback ports.

Two gateways behind HAProxy, two web processes behind nginx of which one has the periodic work, a 2 x 2
ClickHouse cluster, a PostgreSQL primary and its standby.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet

from clickhouse_cluster import Cluster, free_ports
from trial import haproxy_server, nginx_server
from trial.account import unprivileged
from trial.browser import Browser
from trial.fleet import PASSWORD
from trial.haproxy_server import HaproxyServer
from trial.nginx_server import NginxServer
from trial.postgresql_server import PostgresServer
from trial.prefix import DEPLOY, Prefix
from trial.story import FailedTrialError
from trial.unit import settings_in
from trial.waiting import listens, until

NAME, KNOWN_AS = "localhost", "eco.example.gov.cn"
STANDBY = "standby1"
_MAIN = [sys.executable, "-c", "from zhihuan.cli import main; main()"]
_HBA = """\
local all postgres trust
host zhihuan zhihuan 127.0.0.1/32 scram-sha-256
host replication replicator 127.0.0.1/32 scram-sha-256
"""
#: What one machine cannot have of deploy/many/postgresql: a certificate, and every address.
_HERE = "ssl = off\nlisten_addresses = '127.0.0.1'\n"


@dataclass
class Part:
    """One process of the platform. ports: its pages, and devices (0: takes none)."""

    name: str
    environment: dict[str, str]
    web: int
    devices: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [*_MAIN, "serve"], env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
        until(self._answers, self.name, 150)

    def _answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise FailedTrialError(
                f"{self.name} ended while starting:\n{self.log.read_text()[-3000:]}"
            )
        return listens(self.web) and (not self.devices or listens(self.devices))

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(60)


@dataclass
class ManyMachines:
    """``root``: the folder of everything but the cluster."""

    root: Path
    cluster: Cluster
    password: str = field(default_factory=lambda: secrets.token_hex(8))

    def __post_init__(self) -> None:
        self.devices, self.tls, self.plain, *self._free = free_ports(12)
        self.primary, self.standby = self._database("db1"), self._database("db2")
        self.keys = {
            "ZHIHUAN_SECRET_KEY": secrets.token_urlsafe(64),
            "ZHIHUAN_SEALING_KEYS": Fernet.generate_key().decode(),
        }
        self.gateways = [self._part("gateway", number) for number in (1, 2)]
        self.webs = [self._part("web", number) for number in (1, 2)]
        self.haproxy = HaproxyServer(self.root)
        ports = {
            "listen 80": f"listen {self.plain}", "listen [::]:80": f"listen [::]:{self.plain}",
            "listen 443": f"listen {self.tls}", "listen [::]:443": f"listen [::]:{self.tls}",
            "10.0.0.21:8000": f"127.0.0.1:{self.webs[0].web}", "10.0.0.22:8000": f"127.0.0.1:{self.webs[1].web}",
        }  # fmt: skip
        self.prefix = Prefix(self.root, {KNOWN_AS: NAME, **ports})
        self.nginx = NginxServer(self.prefix)

    def _database(self, name: str) -> PostgresServer:
        account = unprivileged("postgres")
        folder = self.root / name
        folder.mkdir(mode=0o755)
        if account.owner:
            os.chown(folder, *account.owner)
        many = DEPLOY / "many" / "postgresql" / "zhihuan-many.conf"
        copies = []
        for number, text in enumerate((
            (DEPLOY / "postgresql" / "zhihuan.conf").read_text().replace("shared_buffers = 1GB", "shared_buffers = 64MB"),
            many.read_text(), _HERE,
        )):  # fmt: skip
            copies.append(folder / f"{number}.conf")
            copies[-1].write_text(text)
        return PostgresServer(account, folder / "data", folder, self._free.pop(), _HBA, copies)

    def database_url(self) -> str:
        """Of deploy/many/shared.env, with this trial's hosts and ports."""
        shared = settings_in(DEPLOY / "many" / "shared.env")["ZHIHUAN_DATABASE_URL"]
        both = f"{self.primary.port},{self.standby.port}"
        moved = shared.replace("db1.internal,db2.internal", "127.0.0.1,127.0.0.1")
        moved = moved.replace("port=5432,5432", f"port={both}").replace(
            "sslmode=require", "sslmode=disable"
        )
        return moved.replace("CHANGE-ME", self.password)

    def store_url(self) -> str:
        return f"{self.cluster.url()}&quorum=degrade"

    def environment(self, home: Path) -> dict[str, str]:
        """What all processes of the platform share."""
        own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
        return {
            **own, **self.keys,
            "ZHIHUAN_HOME": str(home), "ZHIHUAN_DATABASE_URL": self.database_url(), "ZHIHUAN_STORE_URL": self.store_url(),
            "ZHIHUAN_ALLOWED_HOSTS": f"{KNOWN_AS},{NAME}", "ZHIHUAN_TRUSTED_ORIGINS": f"https://{NAME}:{self.tls}",
            "ZHIHUAN_HTTPS": "1", "ZHIHUAN_BEHIND_PROXY": "1",
        }  # fmt: skip

    def _part(self, kind: str, number: int) -> Part:
        """As deploy/many/KIND.env says, on ports of this machine."""
        name = f"{kind}{number}"
        web, devices = self._free.pop(), self._free.pop() if kind == "gateway" else 0
        chosen = settings_in(DEPLOY / "many" / f"{kind}.env") | {
            "ZHIHUAN_WEB_ADDRESS": f"127.0.0.1:{web}"
        }
        if devices:
            chosen |= {
                "ZHIHUAN_GATEWAY_ADDRESS": f"127.0.0.1:{devices}", "ZHIHUAN_GATEWAY_TRUSTED_PROXIES": "127.0.0.1/32",
                "ZHIHUAN_GATEWAY_NAME": name, "ZHIHUAN_GATEWAY_CONNECTIONS": "1500",
            }  # fmt: skip
        return Part(
            name,
            self.environment(self.root / name) | chosen,
            web,
            devices,
            self.root / f"{name}.log",
        )

    def create_databases(self) -> None:
        """Primary, standby that streams, and then commits wait for both."""
        self.primary.create()
        self.primary.start()
        self.primary.sql(f"CREATE ROLE zhihuan LOGIN PASSWORD '{self.password}'")
        self.primary.sql(f"CREATE ROLE replicator LOGIN REPLICATION PASSWORD '{self.password}'")
        self.primary.sql("CREATE DATABASE zhihuan OWNER zhihuan")
        self.standby.copy_of(self.primary, "replicator", self.password, STANDBY)
        self.standby.start()
        self.primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
        self.primary.sql("SELECT pg_reload_conf()")
        asked = "SELECT sync_state FROM pg_stat_replication"
        until(lambda: self.primary.sql(asked) == "sync", "the standby to stream in step")

    def seed(self, mns: list[str]) -> str:
        """Devices, a person, sealed past days."""
        seed = Path(__file__).with_name("seed.py")
        done = subprocess.run(
            [sys.executable, str(seed), PASSWORD, *mns], env=self.environment(self.root / "seed"),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise FailedTrialError(f"seed: {done.stderr[-2000:]}")
        return done.stdout.strip()

    def start_balancers(self) -> None:
        """HAProxy for devices, nginx for people, both by the files of deploy/."""
        ports = [(gateway.devices, gateway.web) for gateway in self.gateways]
        text = haproxy_server.CONFIGURATION.read_text()
        self.haproxy.start(haproxy_server.moved(text, self.root, self.devices, ports))
        site = (DEPLOY / "nginx" / "zhihuan.conf").read_text()
        begin, end = (
            site.index("upstream zhihuan {"),
            site.index("}", site.index("upstream zhihuan {")) + 1,
        )
        upstream = (DEPLOY / "many" / "nginx" / "upstream.conf").read_text()
        self.prefix.write(
            "/etc/nginx/sites-enabled/zhihuan.conf", site[:begin] + upstream + site[end:]
        )
        nginx_server.make_certificate(self.prefix.path("/etc/ssl/zhihuan"), NAME)
        self.nginx.check()
        self.nginx.start()
        until(lambda: listens(self.devices) and listens(self.tls), "HAProxy and nginx")

    def browser(self) -> Browser:
        return Browser(NAME, self.tls, self.prefix.path("/etc/ssl/zhihuan/fullchain.pem"))

    def stop(self) -> None:
        """Everything that runs but the cluster."""
        self.nginx.stop()
        self.haproxy.stop()
        for part in (*self.webs, *self.gateways):
            part.stop()
        self.standby.stop()
        self.primary.stop()
