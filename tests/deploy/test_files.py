"""The files of deploy/ parse, name only settings, files and commands that exist, and every hint leads to them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

import write_environment_file
from trial import haproxy_server, nginx_server, postgresql_server
from trial.installation import PROGRAM, verify_units
from trial.prefix import Prefix
from trial.unit import Unit, settings_in
from zhihuan.cli import main
from zhihuan.telemetry.store.cluster_url import parse_cluster_url
from zhihuan.web import databases
from zhihuan.web.environment import variables

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def every_file() -> list[Path]:
    return sorted(path for path in DEPLOY.rglob("*") if path.is_file())


def test_the_environment_file_is_what_its_script_writes() -> None:
    assert (DEPLOY / "zhihuan.env").read_text("utf-8") == write_environment_file.text()


def test_the_environment_file_has_a_line_for_every_setting_but_the_backups_own() -> None:
    text = (DEPLOY / "zhihuan.env").read_text("utf-8")
    named = set(re.findall(r"^#?(ZHIHUAN_\w+)=", text, re.MULTILINE))
    assert named == set(variables()) - write_environment_file.ELSEWHERE
    assert settings_in(DEPLOY / "zhihuan.env").keys() == write_environment_file.CHOSEN.keys()


@pytest.mark.parametrize("path", every_file(), ids=lambda path: str(path.relative_to(DEPLOY)))
def test_only_settings_that_exist_are_named(path: Path) -> None:
    named = set(re.findall(r"\bZHIHUAN_[A-Z_]+\b", path.read_text("utf-8")))
    # of the wrapper alone: where the file with all the others is
    assert named - variables().keys() <= {"ZHIHUAN_ENVIRONMENT_FILE"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_lines_of_units_are_commands_with_options_that_exist(unit: Path) -> None:
    for program, *words in Unit.read(unit).commands():
        if program != PROGRAM:
            assert Path(program).is_absolute()
            continue
        command = main.get_command(click.Context(main), words[0])
        assert command is not None
        known = {name for each in command.params for name in each.opts}
        assert {word for word in words if word.startswith("--")} <= known


def test_every_timer_has_its_service_and_every_service_stands_in_the_guide() -> None:
    guide = (ROOT / "docs" / "deploy-one.md").read_text("utf-8")
    for timer in DEPLOY.glob("systemd/*.timer"):
        assert timer.with_suffix(".service").exists()
        assert timer.stem in guide
    assert {unit.stem.rstrip("@") for unit in UNITS} - set(
        re.findall(r"zhihuan[a-z-]*", guide)
    ) == set()


def test_what_the_programs_words_point_at_is_there() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"\b(?:deploy|docs)/[\w./-]+\.\w+", text))
    assert "deploy/systemd/zhihuan-backup.timer" in named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_what_the_guides_and_files_point_at_is_there() -> None:
    texts = [*(ROOT / "docs").glob("deploy*.md"), ROOT / "docs" / "upgrade.md", *every_file()]
    named = {
        name
        for path in texts
        for name in re.findall(r"\b(?:deploy|docs|scripts)/[\w./-]*\w", path.read_text("utf-8"))
    }
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_units_satisfy_systemd(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    assert verify_units(Prefix(tmp_path, {}))


def test_the_site_satisfies_nginx(tmp_path: Path) -> None:
    if nginx_server.program() is None:
        pytest.skip("nginx is not installed")
    prefix = Prefix(tmp_path, {})
    prefix.put("nginx/zhihuan.conf", "/etc/nginx/sites-enabled/zhihuan.conf")
    nginx_server.make_certificate(prefix.path("/etc/ssl/zhihuan"), "eco.example.gov.cn")
    assert "test is successful" in nginx_server.NginxServer(prefix).check()


@pytest.mark.parametrize(
    "file", sorted(DEPLOY.rglob("postgresql/*.conf")), ids=lambda path: path.name
)
def test_the_databases_settings_are_known_to_it(file: Path) -> None:
    folder = postgresql_server.programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    listed = subprocess.run(
        [folder / "postgres", "--describe-config"], capture_output=True, text=True, check=True
    )
    known = {line.partition("\t")[0].lower() for line in listed.stdout.splitlines()}
    assert set(re.findall(r"^(\w+) =", file.read_text("utf-8"), re.MULTILINE)) <= known


def test_the_balancer_satisfies_haproxy(tmp_path: Path) -> None:
    if haproxy_server.program() is None:
        pytest.skip("haproxy is not installed")
    text = haproxy_server.moved(
        haproxy_server.CONFIGURATION.read_text("utf-8"),
        tmp_path,
        19212,
        [(19213, 18001), (19214, 18002)],
    )
    assert "127.0.0.1:19213 port 18001" in text
    (tmp_path / "haproxy.cfg").write_text(text)
    haproxy_server.check(tmp_path / "haproxy.cfg")


@pytest.mark.parametrize("name", ["zhihuan.xml", "macros.xml", "user.xml"])
def test_the_clusters_files_are_xml_of_one_root(name: str) -> None:
    assert ElementTree.parse(DEPLOY / "many" / "clickhouse" / name).getroot().tag == "clickhouse"


def test_the_cluster_is_the_one_that_the_store_url_names() -> None:
    url = parse_cluster_url(settings_in(DEPLOY / "many" / "shared.env")["ZHIHUAN_STORE_URL"])
    root = ElementTree.parse(DEPLOY / "many" / "clickhouse" / "zhihuan.xml").getroot()
    shards = root.findall(f"remote_servers/{url.cluster}/shard")
    assert [len(shard.findall("replica")) for shard in shards] == [2, 2]
    assert all(shard.findtext("internal_replication") == "true" for shard in shards)
    hosts = {replica.findtext("host") for shard in shards for replica in shard.findall("replica")}
    assert {host for host, _port in url.hosts} == hosts


def test_a_replica_takes_part_again_within_seconds() -> None:
    """ClickHouse's own defaults are a minute each, and a shard takes no writes meanwhile."""
    tables = (
        ElementTree.parse(DEPLOY / "many" / "clickhouse" / "zhihuan.xml")
        .getroot()
        .find("merge_tree")
    )
    assert tables is not None
    assert int(tables.findtext("zookeeper_session_expiration_check_period", "60")) <= 5
    assert (
        int(tables.findtext("max_postpone_time_for_failed_replicated_fetches_ms", "60000")) <= 5000
    )


def test_the_shared_database_url_names_both_servers() -> None:
    url = settings_in(DEPLOY / "many" / "shared.env")["ZHIHUAN_DATABASE_URL"]
    entry = databases.parse(url, Path("/"))
    assert entry["HOST"] == "db1.internal,db2.internal"
    assert entry["OPTIONS"]["port"] == "5432,5432"
    assert entry["OPTIONS"]["target_session_attrs"] == "read-write"


@pytest.mark.parametrize("kind", ["gateway", "web"])
def test_the_parts_of_many_are_parts_there_are(kind: str) -> None:
    parts = settings_in(DEPLOY / "many" / f"{kind}.env")["ZHIHUAN_PARTS"].split(",")
    assert {part.upper() for part in parts} <= set(variables()["ZHIHUAN_PARTS"].choices)


def test_the_firewall_satisfies_nft() -> None:
    if shutil.which("nft") is None or os.geteuid() != 0:
        pytest.skip("nft is not installed, or may not be asked")
    done = subprocess.run(
        ["nft", "--check", "-f", DEPLOY / "nftables" / "zhihuan.nft"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "syntax error" not in done.stderr


def test_the_administrators_command_passes_settings_on_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text(
        f"# words\nZHIHUAN_HOME={tmp_path}\nZHIHUAN_STORE_URL=clickhouse://u:p$x@h/db?a=1&b='2'\nOTHER=1\n"
    )
    runuser = tmp_path / "runuser"
    runuser.write_text('#!/bin/sh\necho "$@"\necho "$ZHIHUAN_STORE_URL"\necho "${OTHER-unset}"\n')
    runuser.chmod(0o755)
    done = subprocess.run(
        [DEPLOY / "bin" / "zhihuan", "doctor", "--all"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "ZHIHUAN_ENVIRONMENT_FILE": str(tmp_path / "settings")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        f"-u zhihuan -- {PROGRAM} doctor --all", "clickhouse://u:p$x@h/db?a=1&b='2'", "unset",
    ]  # fmt: skip
