"""``zhihuan gateway``: a gateway by itself, devices from a file, rows into any store."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

import click


@click.command("gateway")
@click.option(
    "--devices",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="YAML or CSV file of the devices that may report (docs/gateway.md).",
)
@click.option("--store", "store_url", required=True, help="chdb:///folder or clickhouse://...")
@click.option("--listen", default="0.0.0.0:9212", show_default=True, help="HOST:PORT for devices.")
@click.option("--metrics-port", type=int, help="Serve Prometheus metrics on this port.")
@click.option(
    "--metrics-host", default="127.0.0.1", show_default=True, help="Address of the metrics port."
)
@click.option(
    "--spool",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/gateway"),
    show_default=True,
    help="Folder for quarantine.jsonl, journal.jsonl and the commands/ outbox.",
)
@click.option(
    "--tls-cert",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="PEM certificate; with it devices connect by TLS 1.2 or newer.",
)
@click.option(
    "--tls-key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="PEM private key of the certificate.",
)
@click.option(
    "--tls-client-ca",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Devices must show a certificate signed by this CA.",
)
@click.option(
    "--trust-proxy",
    multiple=True,
    metavar="NETWORK",
    help="Network of balancers that send the PROXY v2 header, e.g. 10.0.0.0/24. Repeatable.",
)
@click.option("--connections-per-address", type=int, help="Limit of connections of one address.")
@click.option(
    "--log-level",
    default="info",
    show_default=True,
    type=click.Choice(["debug", "info", "warning", "error"]),
    help="What is worth a log line.",
)
def command(**options: Any) -> None:
    """Take data from HJ 212 devices over TCP and acknowledge it once it is durable.

    Runs until SIGINT or SIGTERM, then stops taking data, makes durable what it has, answers and
    closes. Prints one JSON object a line.
    """
    from zhihuan.telemetry.gateway.standalone import run_gateway
    from zhihuan.telemetry.logs import write_json_logs
    from zhihuan.telemetry.store import StoreError

    settings = _settings(options)
    write_json_logs(options["log_level"])
    try:
        run_gateway(options["devices"], options["store_url"], options["spool"], settings)
    except (OSError, ValueError, StoreError) as error:  # what an operator can mend
        raise click.ClickException(str(error)) from error


def _settings(options: dict[str, Any]) -> Any:
    from zhihuan.telemetry.gateway import GatewaySettings

    host, port = _address(options["listen"])
    given: dict[str, Any] = {
        "host": host,
        "port": port,
        "metrics_port": options["metrics_port"],
        "metrics_host": options["metrics_host"],
        "tls": _tls(options),
        "trusted_proxies": tuple(map(_network, options["trust_proxy"])),
    }
    if options["connections_per_address"] is not None:
        given["connections_per_address"] = options["connections_per_address"]
    return GatewaySettings(**given)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise click.BadParameter(
            f"{text!r} is not HOST:PORT, e.g. 0.0.0.0:9212", param_hint="--listen"
        )
    return host.strip("[]"), int(port)


def _network(text: str) -> Any:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--trust-proxy") from error


def _tls(options: dict[str, Any]) -> Any:
    from zhihuan.telemetry.gateway.settings import TlsFiles

    certificate, key = options["tls_cert"], options["tls_key"]
    if (certificate is None) != (key is None):
        raise click.UsageError("--tls-cert and --tls-key belong together; give both or neither")
    return None if certificate is None else TlsFiles(certificate, key, options["tls_client_ca"])
