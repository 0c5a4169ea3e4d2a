"""Each check finds the fault it is there for, and is quiet without it."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sqlite3
import ssl
import threading

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from zhihuan.bureau.acquisition.models import DailySeal, DeviceConnection, QuarantinedFrame
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.webhooks.holding import set_up
from zhihuan.bureau.webhooks.models import Delivery, Subscription
from zhihuan.telemetry.scheduler import PeriodicJob, Scheduler
from zhihuan.telemetry.store.folder_lock import FolderLock
from zhihuan.web.doctor.checks import (
    addresses,
    background_work,
    backups,
    certificates,
    clock,
    database,
    devices,
    disk,
    exceedance,
    front_end,
    keys,
    quarantine,
    seals,
    search,
    store,
    versions,
    webhooks,
)
from zhihuan.web.doctor.checks import (
    settings as settings_check,
)
from zhihuan.web.doctor.diagnosis import Level

FINE, WARNING, ERROR = Level.FINE, Level.WARNING, Level.ERROR
DAY = dt.timedelta(days=1)


# ---- settings, database, keys ----


@pytest.mark.django_db
def test_settings_tell_what_check_tells(patient, worst):
    patient.settings.ALLOWED_HOSTS = ["*"]
    level, what = worst(settings_check.look(patient))
    assert (level, what) == (ERROR, "ZHIHUAN_ALLOWED_HOSTS")


@pytest.mark.django_db
def test_a_current_database_is_fine(patient, worst):
    assert worst(database.look(patient))[0] == FINE


@pytest.mark.django_db
def test_a_missing_migration_is_an_error(patient, worst):
    recorder = MigrationRecorder(connection)
    newest = recorder.migration_qs.filter(app="acquisition").latest("name")
    newest.delete()
    level, what = worst(database.look(patient))
    assert level == ERROR
    assert f"acquisition.{newest.name}" in what


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_an_error(patient, worst):
    MigrationRecorder(connection).record_applied("registry", "9999_of_the_future")
    level, what = worst(database.look(patient))
    assert level == ERROR
    assert "registry.9999_of_the_future" in what


def test_a_database_that_is_not_there_is_not_made_by_looking(patient, worst, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("a file")
    missing = patient.home / "none.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(missing))
    assert worst(database.look(patient))[0] == ERROR
    assert not missing.exists()


def test_a_damaged_sqlite_file_is_an_error(patient, worst, tmp_path):
    file = tmp_path / "damaged.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE t (a TEXT)")
        made.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 500)
    made.close()
    whole = bytearray(file.read_bytes())
    whole[8192:12288] = os.urandom(4096)
    file.write_bytes(bytes(whole))
    from zhihuan.web.backup.errors import DamagedBackupError
    from zhihuan.web.backup.sqlite_copy import content

    with pytest.raises(DamagedBackupError):
        content(file)


@pytest.mark.django_db
def test_a_log_that_only_grows_is_a_warning(patient, worst, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("a file")
    monkeypatch.setattr(database, "_LONG_WAL_BYTES", -1)
    level, what = worst(database.look(patient))
    assert level == WARNING
    assert "write-ahead log" in what


@pytest.mark.django_db
def test_another_sealing_key_is_an_error(patient, outlet, settings, worst):
    Device.objects.update(sealed_password="")
    device = Device.objects.first()
    device.password = "123456"
    device.save()
    assert worst(keys.look(patient))[0] == FINE
    settings.ZHIHUAN_SEALING_KEYS = [Fernet.generate_key().decode()]
    assert worst(keys.look(patient))[0] == ERROR


# ---- webhooks ----


@pytest.fixture
def hook(person):
    kinds = ["record.changed"]
    owner = person("档案管理员")
    return set_up(owner, name="市平台", url="https://x.example/", kinds=kinds).subscription


@pytest.fixture
def delivery(hook, patient):
    """``delivery(state, days_ago, attempts=0)``: one of the subscription's, of an event that long ago."""

    def made(state, days_ago, **given):
        then = patient.now - days_ago * DAY
        event = Event.objects.create(kind="record.changed", subject="site:1", occurred_at=then)
        over = None if state == "waiting" else then
        return Delivery.objects.create(
            subscription=hook, event=event, subject="site:1", state=state, finished_at=over, **given
        )

    return made


def test_no_webhook_no_word(patient, db):
    assert list(webhooks.look(patient)) == []


def test_a_webhook_that_arrives_is_fine(patient, worst, delivery):
    delivery("dead", 3)
    delivery("delivered", 2)
    delivery("waiting", 0.5, attempts=2)
    assert worst(webhooks.look(patient))[0] == FINE


@pytest.mark.parametrize(
    ("rows", "level", "words"),
    [
        ([("waiting", 1.5, 4)], WARNING, "in vain since"),
        ([("dead", 2, 10)], ERROR, "1 events given up, none ever arrived"),
        ([("delivered", 9, 1), ("dead", 2, 10), ("dead", 1, 10)], ERROR, "2 events given up"),
    ],
)
def test_a_receiver_that_fails_for_long_is_told(patient, worst, delivery, rows, level, words):
    for state, days_ago, attempts in rows:
        delivery(state, days_ago, attempts=attempts)
    found, what = worst(webhooks.look(patient))
    assert found == level
    assert words in what


def test_a_paused_webhook_is_told_when_events_wait_for_long(patient, worst, hook, delivery):
    Subscription.objects.update(is_active=False)
    assert worst(webhooks.look(patient))[0] == FINE
    delivery("waiting", 8)
    assert worst(webhooks.look(patient))[0] == WARNING


def test_a_signing_secret_that_does_not_open_is_an_error(patient, worst, hook, settings):
    settings.ZHIHUAN_SEALING_KEYS = [Fernet.generate_key().decode()]
    level, what = worst(webhooks.look(patient))
    assert level == ERROR
    assert "signing secret" in what


def test_an_owner_out_of_office_is_told(patient, worst, hook):
    hook.owner.grants.update(revoked_at=patient.now)
    level, what = worst(webhooks.look(patient))
    assert level == WARNING
    assert "may hold none" in what


# ---- store, disk, clock, front end, addresses ----


def test_a_store_that_is_not_there_or_not_held_is_told(patient, worst):
    folder = patient.home / "telemetry"
    assert worst(store.look(patient))[0] == ERROR
    folder.mkdir()
    assert worst(store.look(patient)) == (WARNING, f"no process has {folder} open")
    held = FolderLock(folder)
    assert worst(store.look(patient))[0] == FINE
    held.release()


@pytest.mark.parametrize(
    ("name", "level"), [("1-1.refused", ERROR), ("1.damaged", ERROR), ("1.journal", FINE)]
)
def test_what_lies_in_the_journal_is_told(patient, worst, name, level):
    folder = patient.home / "telemetry"
    (folder / "journal").mkdir(parents=True)
    (folder / "journal" / name).write_bytes(b"x")
    held = FolderLock(folder)
    assert worst(store.look(patient))[0] == level
    held.release()


def test_a_long_journal_is_a_warning(patient, worst):
    folder = patient.home / "telemetry"
    (folder / "journal").mkdir(parents=True)
    with (folder / "journal" / "0000000001.journal").open("wb") as file:
        file.truncate(200 * 2**20)  # sparse: no room is taken
    held = FolderLock(folder)
    level, what = worst(store.look(patient))
    held.release()
    assert level == WARNING
    assert "200 MiB wait" in what


def test_a_cluster_that_does_not_answer_is_an_error(patient, worst):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        patient.settings.ZHIHUAN_STORE_URL = f"clickhouse://127.0.0.1:{port}/z?cluster=zhihuan"
        assert worst(store.look(patient))[0] == ERROR


GIB = 2**30


@pytest.mark.parametrize(
    ("free", "total", "level"),
    [
        (100 * GIB, 250 * GIB, FINE),
        (30 * GIB, 250 * GIB, WARNING),
        (3 * GIB, 250 * GIB, ERROR),
        (1 * GIB, 4 * GIB, ERROR),
        (500 * GIB, 10_000 * GIB, FINE),
    ],
)
def test_little_room_is_told(tmp_path, worst, free, total, level):
    assert worst([disk.judge_bytes(tmp_path, free, total)])[0] == level


@pytest.mark.parametrize(("free", "level"), [(900_000, FINE), (40_000, WARNING), (19_000, ERROR)])
def test_few_inodes_are_told(tmp_path, worst, free, level):
    assert worst([disk.judge_inodes(tmp_path, free, 1_000_000)])[0] == level


def test_the_disk_of_the_home_is_looked_at(patient):
    assert len(list(disk.look(patient))) >= 1


@pytest.mark.parametrize(("status", "level"), [(0x40, WARNING), (0x2001, FINE), (None, FINE)])
def test_a_clock_nobody_keeps_is_told(worst, status, level):
    assert worst([clock.judge_kernel(status)])[0] == level


def test_the_kernel_is_really_asked():
    status = clock._kernel_status()
    assert status is None or 0 <= status < 2**16


def test_a_clock_set_back_since_the_last_look_is_an_error(patient, worst):
    first = list(clock._jumped(patient.home / "clock.json"))
    assert first == []
    mark = json.loads((patient.home / "clock.json").read_text())
    assert worst(clock._jumped(patient.home / "clock.json"))[0] == FINE
    mark["wall"] += 3600  # as it was before somebody set the clock back by an hour
    (patient.home / "clock.json").write_text(json.dumps(mark))
    level, what = worst(clock._jumped(patient.home / "clock.json"))
    assert level == ERROR
    assert "set back by 3,600 s" in what


@pytest.mark.parametrize(("ahead", "level"), [(0.3, FINE), (-9.0, ERROR)])
def test_a_database_server_of_another_time_is_told(worst, ahead, level):
    assert worst([clock.judge_server(ahead)])[0] == level


def test_a_front_end_with_a_missing_file_is_an_error(tmp_path, worst):
    manifest = tmp_path / "manifest.json"
    assert worst([front_end.judge(manifest)])[0] == ERROR
    manifest.write_text(json.dumps({"main": {"file": "main.js", "css": ["main.css"]}}))
    (tmp_path / "main.js").write_text("")
    level, what = worst([front_end.judge(manifest)])
    assert (level, "main.css" in what) == (ERROR, True)
    (tmp_path / "main.css").write_text("")
    assert worst([front_end.judge(manifest)])[0] == FINE


def test_an_address_nobody_listens_at_is_an_error(patient, worst):
    with socket.create_server(("127.0.0.1", 0)) as web, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        patient.settings.ZHIHUAN_WEB_ADDRESS = f"127.0.0.1:{web.getsockname()[1]}"
        patient.settings.ZHIHUAN_GATEWAY_ADDRESS = f"127.0.0.1:{nobody.getsockname()[1]}"
        level, what = worst(addresses.look(patient))
        assert level == ERROR
        assert "nobody listens for devices" in what
        patient.settings.ZHIHUAN_GATEWAY_ADDRESS = f"0.0.0.0:{web.getsockname()[1]}"
        assert worst(addresses.look(patient))[0] == FINE


# ---- devices, quarantine, seals ----


@pytest.mark.django_db
def test_a_silent_device_is_told_by_its_number(patient, outlet, worst, hours):
    Device.objects.all().delete()
    for mn, ago in (("A", 0.1), ("B", 0.2), ("C", 3)):
        Device.objects.create(mn=mn, point=outlet)
        DeviceConnection.objects.create(mn=mn, last_seen=patient.now - hours(ago))
    Device.objects.create(mn="RETIRED", point=outlet, enabled=False)
    level, what = worst(devices.look(patient))
    assert (level, what.endswith(": C")) == (WARNING, True)
    DeviceConnection.objects.update(last_seen=patient.now - hours(3))
    assert worst(devices.look(patient))[0] == ERROR
    DeviceConnection.objects.update(last_seen=patient.now)
    assert worst(devices.look(patient))[0] == FINE


@pytest.mark.django_db
def test_sudden_growth_of_the_quarantine_is_told(patient, worst, hours):
    QuarantinedFrame.objects.bulk_create(
        QuarantinedFrame(reason="unknown_mn", raw=b"", received=patient.now - hours(ago))
        for ago in (*(0.01 * number for number in range(600)), 30, 50)
    )
    level, what = worst(quarantine.look(patient))
    assert level == WARNING
    assert what.startswith("600 entries in the last day")


@pytest.mark.parametrize(("today", "usual", "level"), [(600, 300, FINE), (40, 1, FINE)])
def test_usual_growth_is_fine(worst, today, usual, level):
    assert worst([quarantine.judge_growth(today, usual)])[0] == level


@pytest.mark.django_db
def test_traffic_of_registered_devices_that_waits_is_told(patient, outlet, worst, hours):
    Device.objects.create(mn="WAITS", point=outlet)
    for mn, ago in (("WAITS", 80), ("WAITS", 10), ("STRANGER", 80)):
        QuarantinedFrame.objects.create(
            reason="x", raw=b"", mn=mn, received=patient.now - hours(ago)
        )
    level, what = worst(quarantine.look(patient))
    assert (level, what.split()[0]) == (WARNING, "1")


@pytest.mark.django_db
def test_a_day_without_its_seal_is_an_error(patient, worst):
    DeviceConnection.objects.create(mn="A", since=patient.now - 5 * DAY, last_seen=patient.now)
    assert worst(seals.look(patient))[0] == ERROR
    due = (patient.now - dt.timedelta(hours=2)).astimezone(
        dt.timezone(dt.timedelta(hours=8))
    ).date() - DAY
    DailySeal.objects.create(mn="A", day=due, root="0" * 64, frames=1, sealed_at=patient.now)
    assert worst(seals.look(patient))[0] == FINE


# ---- work, backups, certificates, versions ----


def test_a_job_that_hangs_is_told(patient, worst, monkeypatch):
    registry = CollectorRegistry()
    scheduler = Scheduler([PeriodicJob("seals", 1800, dict)], registry=registry)
    scheduler._run(scheduler.jobs[0])
    text = generate_latest(registry).decode()
    monkeypatch.setattr("zhihuan.web.doctor.patient.metrics_text", lambda _settings: text)
    assert worst(background_work.look(patient))[0] == FINE
    patient.now += dt.timedelta(hours=3)
    level, what = worst(background_work.look(patient))
    assert (level, what.split()[0]) == (ERROR, "seals")


def test_a_platform_that_gives_no_figures_is_told(patient, worst):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        patient.settings.ZHIHUAN_WEB_ADDRESS = f"127.0.0.1:{nobody.getsockname()[1]}"
        assert worst(background_work.look(patient))[0] == WARNING


@pytest.mark.parametrize(("hours_old", "level"), [(2, FINE), (30, WARNING), (240, ERROR)])
def test_an_old_backup_is_told(patient, worst, hours, tmp_path, hours_old, level):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "manifest.json").write_text("{}")
    made = (patient.now - hours(hours_old)).isoformat()
    facts = {"made": made, "folder": str(tmp_path / "b")}
    (patient.home / "last-backup.json").write_text(json.dumps(facts))
    assert worst(backups.look(patient))[0] == level


def test_no_backup_a_lost_one_and_half_a_restore_are_told(patient, worst):
    assert worst(backups.look(patient)) == (WARNING, "no backup was ever made")
    facts = {"made": patient.now.isoformat(), "folder": "/not/there"}
    (patient.home / "last-backup.json").write_text(json.dumps(facts))
    assert worst(backups.look(patient))[0] == WARNING
    (patient.home / "restoring.json").write_text("{}")
    assert worst(backups.look(patient))[0] == ERROR


@pytest.mark.parametrize(("days", "level"), [(90, FINE), (10, WARNING), (-3, ERROR)])
def test_a_certificate_that_ends_is_told_from_what_is_really_shown(
    patient, worst, tmp_path, days, level
):
    with _https_server(tmp_path, days) as port:
        patient.settings.HTTPS = True
        patient.settings.CSRF_TRUSTED_ORIGINS = [f"https://127.0.0.1:{port}"]
        assert worst(certificates.look(patient))[0] == level


def test_a_proxy_that_does_not_answer_is_told(patient, worst):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        patient.settings.HTTPS = True
        port = nobody.getsockname()[1]
        patient.settings.CSRF_TRUSTED_ORIGINS = [f"https://127.0.0.1:{port}"]
        assert worst(certificates.look(patient))[0] == WARNING


class _https_server:
    """Shakes hands with whoever comes, with a certificate that ends in so many days."""

    def __init__(self, folder, days):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(_certificate(folder, days))

    def __enter__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self._server.getsockname()[1]

    def _serve(self):
        try:
            plain, _ = self._server.accept()
            self._context.wrap_socket(plain, server_side=True).close()
        except OSError:
            return

    def __exit__(self, *_error):
        self._server.close()


def _certificate(folder, days):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "eco.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 100 * DAY)
        .not_valid_after(now + days * DAY + dt.timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_old_versions_are_told(patient, worst):
    assert worst(versions.look(patient))[0] in {FINE, WARNING}
    assert worst([versions.judge_sqlite((3, 30, 0))])[0] == WARNING
    assert worst([versions.judge_python((3, 11), (2031, 1))])[0] == WARNING
    assert worst([versions.judge_python((3, 11), (2026, 11))])[0] == FINE


@pytest.mark.django_db
def test_an_index_that_lost_a_record_is_an_error(patient, worst, outlet):
    from zhihuan.bureau.search.entries import forget
    from zhihuan.bureau.search.models import Entry

    patient.deep = True
    assert worst(search.look(patient))[0] == FINE
    Entry.objects.update(letters="^zz$")
    level, what = worst(search.look(patient))
    assert (level, what) == (ERROR, "2 entries differ from their records")
    forget(list(Entry.objects.values_list("pk", flat=True)))
    patient.deep = False
    level, what = worst(search.look(patient))
    assert level == ERROR
    assert "1 records, 0 entries" in what
    assert worst([search.judge_indexes("database disk image is malformed")])[0] == ERROR


# ---- what should have gone up ----


@pytest.mark.django_db
def test_an_episode_that_no_line_could_take_is_told_with_its_reason(patient, outlet, worst):
    assert worst(exceedance.look(patient))[0] == FINE
    began = patient.now - DAY
    Episode.objects.create(
        point=outlet, factor="w01018", span="hour", first_at=began, end_at=patient.now, periods=3,
        standing=3, worst_at=began, worst_value=132.0, excess=82.0, multiple=1.6, limit_words="≤50 mg/L",
        basis="GB 4287-2012", derivation={}, stage=Episode.Stage.RAISED, stuck="OSError: the disk is full",
    )  # fmt: skip
    level, what = worst(exceedance.look(patient))
    assert (level, "1 episodes" in what, "the disk is full" in what) == (ERROR, True, True)
