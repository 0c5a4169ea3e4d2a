#!/usr/bin/env python3
"""A real 2 x 2 ClickHouse cluster on the loopback interface: one ZooKeeper, four servers.

For tests and for trying things by hand; it refuses to be a production recipe: the servers listen
on 127.0.0.1 only, have no password and keep everything in one temporary folder. No root is
needed, ports are chosen by the operating system, and only processes started here are stopped, by
their process ids.

    $ .venv/bin/python scripts/clickhouse_cluster.py            # prints the store URL, Ctrl-C ends it
    $ .venv/bin/python scripts/clickhouse_cluster.py --check    # says which programs are missing, if any
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from clickhouse_driver import Client
from clickhouse_driver.errors import Error as DriverError

CLUSTER = "zhihuan"
_ZOOKEEPER_JAR = Path("/usr/share/java/zookeeper.jar")
_START_SECONDS = 60.0


class ClusterError(RuntimeError):
    """The cluster could not be started; the message says which part and shows its log's end."""


def missing_programs() -> list[str]:
    """What this machine lacks for a cluster, each with the Debian package that brings it."""
    lacking = []
    if shutil.which("clickhouse-server", path=_search_path()) is None:
        lacking.append("clickhouse-server (Debian package clickhouse-server)")
    if shutil.which("java", path=_search_path()) is None:
        lacking.append("java (Debian package default-jre-headless)")
    if not _ZOOKEEPER_JAR.exists():
        lacking.append(f"{_ZOOKEEPER_JAR} (Debian package zookeeper)")
    return lacking


def _search_path() -> str:
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin"])


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now; all are held open until the last one is found."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@dataclass
class Node:
    """One server process: a ClickHouse replica or the ZooKeeper."""

    name: str
    command: list[str]
    folder: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; returns at once, see ``wait``."""
        log = (self.folder / "console.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it accepts connections; raise ``ClusterError`` if it ends or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise ClusterError(f"{self.name} ended while starting:\n{self._log_end()}")
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), 1),
            ):
                return
            time.sleep(0.1)
        raise ClusterError(f"{self.name} did not listen on {self.port}:\n{self._log_end()}")

    def kill(self) -> None:
        """``kill -9``: what a power cut looks like to the others."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask politely, then insist."""
        self._signal(signal.SIGTERM, grace_seconds=5)
        self._signal(signal.SIGKILL)

    def pause(self) -> None:
        """Freeze the process: it keeps its sockets and answers nothing."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Undo ``pause``."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)

    def _signal(self, number: int, grace_seconds: float = 30) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(grace_seconds)

    def _log_end(self) -> str:
        logs = [self.folder / "console.log", self.folder / "server.err.log"]
        return "\n".join(log.read_text(errors="replace")[-1500:] for log in logs if log.exists())


@dataclass
class Cluster:
    """Two shards of two replicas each, and the ZooKeeper they agree through.

    ``replicas[shard][replica]`` are the nodes, counted from 0.
    """

    folder: Path
    zookeeper: Node
    replicas: list[list[Node]]

    @property
    def nodes(self) -> list[Node]:
        """All ClickHouse nodes, shard by shard."""
        return [node for shard in self.replicas for node in shard]

    def url(self, database: str = "zhihuan") -> str:
        """The store URL naming all four hosts."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"clickhouse://{hosts}/{database}?cluster={CLUSTER}"

    def start(self) -> None:
        """Start everything and wait until it answers."""
        self.zookeeper.start()
        self.zookeeper.wait()
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait()
        for node in self.nodes:
            _wait_for_zookeeper(node)

    def stop(self) -> None:
        """End every process started here; the folder stays."""
        for node in [*self.nodes, self.zookeeper]:
            node.resume()
            node.kill()


def _wait_for_zookeeper(node: Node) -> None:
    """Wait until the server can ask ZooKeeper: a ZooKeeper that listens may not serve yet."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        client = Client("127.0.0.1", port=node.port, connect_timeout=5, send_receive_timeout=10)
        try:
            client.execute("SELECT name FROM system.zookeeper WHERE path = '/'")
        except (DriverError, OSError, EOFError) as error:
            if time.monotonic() > deadline:
                raise ClusterError(f"{node.name} does not reach ZooKeeper: {error}") from error
            time.sleep(0.2)
        else:
            return
        finally:
            client.disconnect()


@contextlib.contextmanager
def running_cluster(shards: int = 2, replicas: int = 2) -> Iterator[Cluster]:
    """A started ``Cluster``; on leaving, its processes end and its folder is removed."""
    folder = Path(tempfile.mkdtemp(prefix="zhihuan-cluster-"))
    cluster = _lay_out(folder, shards, replicas)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(folder: Path, shards: int, replicas: int) -> Cluster:
    count = shards * replicas
    zookeeper_port, *ports = free_ports(1 + 3 * count)
    grid = [
        [_Address(shard, replica, *(ports.pop() for _ in range(3))) for replica in range(replicas)]
        for shard in range(shards)
    ]
    nodes = [[_server(folder, grid, address, zookeeper_port) for address in row] for row in grid]
    return Cluster(folder, _zookeeper(folder, zookeeper_port), nodes)


@dataclass(frozen=True)
class _Address:
    shard: int
    replica: int
    tcp: int
    http: int
    interserver: int


def _zookeeper(folder: Path, port: int) -> Node:
    home = folder / "zookeeper"
    home.mkdir()
    (home / "zoo.cfg").write_text(
        f"tickTime=500\ndataDir={home}/data\nclientPort={port}\nclientPortAddress=127.0.0.1\n"
        "admin.enableServer=false\nmaxClientCnxns=0\n"
    )
    jars = f"{_ZOOKEEPER_JAR}:/etc/zookeeper/conf"
    main = "org.apache.zookeeper.server.quorum.QuorumPeerMain"
    command = ["java", "-Xmx256m", "-cp", jars, "-Dzookeeper.root.logger=WARN,CONSOLE", main]
    return Node("zookeeper", [*command, str(home / "zoo.cfg")], home, port)


def _server(folder: Path, grid: list[list[_Address]], me: _Address, zookeeper_port: int) -> Node:
    name = f"s{me.shard}r{me.replica}"
    home = folder / name
    home.mkdir()
    (home / "config.xml").write_text(_config(home, grid, me, zookeeper_port))
    (home / "users.xml").write_text(_USERS)
    server = shutil.which("clickhouse-server", path=_search_path()) or "clickhouse-server"
    return Node(name, [server, f"--config-file={home}/config.xml"], home, me.tcp)


def _config(home: Path, grid: list[list[_Address]], me: _Address, zookeeper_port: int) -> str:
    shards = "".join(
        "<shard><internal_replication>true</internal_replication>"
        + "".join(f"<replica><host>127.0.0.1</host><port>{a.tcp}</port></replica>" for a in row)
        + "</shard>"
        for row in grid
    )
    return f"""<?xml version="1.0"?>
<yandex>
  <logger><level>warning</level><log>{escape(str(home))}/server.log</log>
    <errorlog>{escape(str(home))}/server.err.log</errorlog><size>20M</size><count>2</count></logger>
  <listen_host>127.0.0.1</listen_host>
  <tcp_port>{me.tcp}</tcp_port><http_port>{me.http}</http_port>
  <interserver_http_port>{me.interserver}</interserver_http_port>
  <interserver_http_host>127.0.0.1</interserver_http_host>
  <path>{escape(str(home))}/data/</path><tmp_path>{escape(str(home))}/tmp/</tmp_path>
  <users_config>users.xml</users_config><default_profile>default</default_profile>
  <default_database>default</default_database><timezone>UTC</timezone>
  <mark_cache_size>67108864</mark_cache_size><uncompressed_cache_size>0</uncompressed_cache_size>
  <max_concurrent_queries>100</max_concurrent_queries>
  <remote_servers><{CLUSTER}>{shards}</{CLUSTER}></remote_servers>
  <zookeeper><node><host>127.0.0.1</host><port>{zookeeper_port}</port></node>
    <session_timeout_ms>6000</session_timeout_ms></zookeeper>
  <macros><cluster>{CLUSTER}</cluster><shard>{me.shard + 1:02d}</shard>
    <replica>r{me.replica + 1}</replica></macros>
  <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
  <merge_tree><max_suspicious_broken_parts>100</max_suspicious_broken_parts>
    <zookeeper_session_expiration_check_period>1</zookeeper_session_expiration_check_period>
  </merge_tree>
</yandex>
"""


_USERS = """<?xml version="1.0"?>
<yandex>
  <profiles><default><max_memory_usage>2000000000</max_memory_usage>
    <background_pool_size>2</background_pool_size></default></profiles>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota></default></users>
  <quotas><default/></quotas>
</yandex>
"""


def main() -> None:
    """Run a cluster until Ctrl-C, or check that one could run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    arguments = parser.parse_args()
    lacking = missing_programs()
    if lacking:
        raise SystemExit("missing: " + "; ".join(lacking))
    if arguments.check:
        return
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with running_cluster() as cluster, contextlib.suppress(KeyboardInterrupt):
        print(cluster.url(), flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
