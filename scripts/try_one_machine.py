"""Try docs/deploy-one.md here: a real PostgreSQL, a real nginx with TLS, the units' own command lines.

    .venv/bin/python scripts/try_one_machine.py            # make try-one-machine
    .venv/bin/python scripts/try_one_machine.py --keep     # leave the folder to look into

Everything happens in a temporary folder, on free ports, and the platform runs as an account that is not
root. What only systemd as the first process of a machine can show is not tried: that timers fire, that
sandboxes hold. The units are checked by systemd-analyze, and their lines are run.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import shutil
import signal
import socket
import ssl
import sys
from pathlib import Path

from trial import installation, nginx_server, postgresql_server
from trial.command_line import run_trial
from trial.fleet import Device, Fleet, missing, mn_of
from trial.one_machine import NAME, OneMachine
from trial.seed import PASS_PHRASE, PERSON
from trial.story import Story
from trial.waiting import until
from zhihuan.telemetry.store import open_store

DEVICES = 8
ELSEWHERE = "127.0.0.2"  # a second address of this machine, so that client and proxy differ
FORGED = "203.0.113.9"
#: What the doctor may find on a machine of a trial: nobody keeps the clock of a container.
EXPECTED_FINDINGS = frozenset({"clock"})


def missing_programs() -> list[str]:
    """What this machine lacks for the trial, each with the Debian package that brings it."""
    lacking = []
    if postgresql_server.programs() is None:
        lacking.append("PostgreSQL (Debian package postgresql)")
    if nginx_server.program() is None:
        lacking.append("nginx (Debian package nginx-light)")
    needed = {"openssl": "openssl", "setpriv": "util-linux", "psql": "postgresql-client"}
    lacking += [
        f"{name} (Debian package {package})"
        for name, package in needed.items()
        if shutil.which(name) is None
    ]
    return lacking


async def tell(root: Path) -> None:
    """The whole story. Raises FailedTrialError."""
    machine, story = OneMachine(root), Story()
    try:
        install(machine, story)
        look_as_a_person(machine, story)
        await report_back_up_and_break(machine, story)
    finally:
        machine.stop()


def install(machine: OneMachine, story: Story) -> None:
    story.step("install: wheel, locked dependencies, the files of deploy/")
    version = installation.install_program(machine.prefix)
    story.fact(f"{version}, run as {machine.account.name}")
    machine.configure()
    verified = installation.verify_units(machine.prefix)
    story.fact(f"systemd-analyze verify: {verified or 'not installed here, left out'}")
    machine.nginx.check()
    story.fact("✔ nginx -t is content with deploy/nginx/zhihuan.conf")
    story.step(
        "PostgreSQL with deploy/postgresql/zhihuan.conf, an empty database, sealed past days"
    )
    machine.create_databases()
    story.holds(machine.postgres.sql("SHOW wal_compression") != "off", "its settings are read")
    story.fact(machine.seed([mn_of(index) for index in range(DEVICES)]))
    story.step("the line of zhihuan.service, nginx in front")
    machine.serve()
    machine.nginx.start()
    until(lambda: machine.browser().get("/accounts/login/").status, "nginx", 30)


def look_as_a_person(machine: OneMachine, story: Story) -> None:
    browser = machine.browser(ELSEWHERE)
    page = browser.get("/accounts/login/")
    story.holds(page.status == 200, "the sign-in page comes through nginx over checked TLS")
    story.holds(page.headers["strict-transport-security"] == "max-age=31536000", "with HSTS, once")
    story.holds(
        "default-src 'none'" in page.headers["content-security-policy"], "with a strict CSP"
    )
    story.holds(_redirected(machine.plain), "plain HTTP is sent to HTTPS")
    story.holds(_refused_handshake(machine.tls), "another name gets no handshake")
    built = re.search(r"/static/dist/[\w.-]+\.js", page.text)
    script = built.group() if built else ""
    kept, again = browser.get(script), browser.get(script)
    story.holds(
        "max-age=315360000" in kept.headers["cache-control"], "built files are kept for ever"
    )
    story.holds(again.headers["x-cache-status"] == "HIT", "nginx answers them itself")
    story.holds(browser.post("/", {"x": "y" * 4_000_000}).status == 413, "4 MB in a form: 413")
    story.holds(browser.get("/metrics").status == 403, "/metrics is not for others")
    browser.sign_in(PERSON, "a guess", **{"X-Forwarded-For": FORGED})
    asked = "SELECT address FROM audit_auditentry WHERE action = 'account.log_in_failed'"
    seen = machine.postgres.sql(f"{asked} ORDER BY id DESC LIMIT 1", "zhihuan")
    story.holds(seen == ELSEWHERE, f"a client that claims {FORGED} is known as {ELSEWHERE}")
    story.holds(browser.sign_in(PERSON, PASS_PHRASE).status == 302, "a person signs in")
    story.holds(browser.get("/live/").status == 200, "and sees the live page")
    story.holds(browser.first_event("/live/stream", 30), "its stream is not held back by nginx")


def _redirected(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/live/", headers={"Host": NAME})
    answer = connection.getresponse()
    return answer.status == 301 and answer.headers["Location"] == f"https://{NAME}/live/"


def _refused_handshake(port: int) -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), 10) as plain:
            context.wrap_socket(plain, server_hostname="other.example").close()
    except ssl.SSLError:
        return True
    return False


async def report_back_up_and_break(machine: OneMachine, story: Story) -> None:
    story.step(f"{DEVICES} devices report over TCP")
    fleet = Fleet([machine.devices], DEVICES)
    fleet.start()
    await fleet.until_acknowledged(500)
    story.fact(f"✔ {fleet.acknowledged} frames acknowledged")
    story.step("the line of zhihuan-backup.service, while they report")
    before = [_remembered(device) for device in fleet.devices]
    said = await asyncio.to_thread(machine.run_unit, "zhihuan-backup.service")
    _quote(story, said)
    story.step("kill -9 of the platform, and started again as systemd would")
    at_death = fleet.acknowledged
    machine.end_serving(signal.SIGKILL)
    await asyncio.to_thread(machine.serve)
    await fleet.until_acknowledged(at_death + 500)
    story.holds(fleet.sent_again > 0, f"{fleet.sent_again} unanswered frames were sent again")
    await fleet.settle()
    await fleet.stop()
    await asyncio.to_thread(_doctor, machine, story)
    story.step("the lines of zhihuan-rehearsal.service: restore into an empty database")
    restored = await asyncio.to_thread(machine.run_unit, "zhihuan-rehearsal.service")
    _quote(story, restored)
    story.holds("as many rows as in the backup" in restored, "equal counts")
    story.holds(" 2 days verified against the ledger" in restored, "verified seals")
    story.step("stop; what devices remember against what is kept")
    story.holds(machine.end_serving(signal.SIGTERM) == 0, "the platform stops by itself")
    for home, devices in (("zhihuan", fleet.devices), ("zhihuan-rehearsal", before)):
        count = sum(len(device.acknowledged) for device in devices)
        wrong = await asyncio.to_thread(_wrong, machine, home, devices)
        story.holds(
            not wrong, f"{home}: {count:,} acknowledged frames, each once {wrong[:3] or ''}"
        )


def _remembered(device: Device) -> Device:
    return Device(device.mn, device.started, acknowledged=dict(device.acknowledged))


def _doctor(machine: OneMachine, story: Story) -> None:
    story.step("the line of zhihuan-doctor.service")
    machine.run_unit("zhihuan-doctor.service")
    said = json.loads(machine.zhihuan("doctor", "--json", codes=frozenset({0, 1})))
    found = [each for each in said["findings"] if each["level"] != "fine"]
    for each in found:
        story.fact(f"{each['level']} {each['check']}: {each['what']}")
    unexpected = {each["check"] for each in found} - EXPECTED_FINDINGS
    story.holds(not unexpected, f"{len(said['findings'])} things looked at, nothing to mend here")


def _wrong(machine: OneMachine, home: str, devices: list[Device]) -> list[str]:
    store = open_store(f"chdb://{machine.root}/var/lib/{home}/telemetry")
    try:
        return [line for device in devices for line in missing(store, device)]
    finally:
        store.close()


def _quote(story: Story, said: str) -> None:
    for line in said.splitlines():
        if re.match(r"(keys|backup|database|store|seals|files) [^━]*$", line):
            story.fact(line)


def main() -> int:
    """0 when everything held."""
    return run_trial(
        "zhihuan-one", __doc__, missing_programs(), lambda root: asyncio.run(tell(root))
    )


if __name__ == "__main__":
    sys.exit(main())
