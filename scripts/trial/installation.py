"""docs/deploy-one.md as a program: what its lines install, laid into a prefix instead of the machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from trial.account import Account
from trial.prefix import DEPLOY, Prefix
from trial.story import FailedTrialError
from trial.unit import settings_in

CHECKOUT = DEPLOY.parent
PROGRAM = "/opt/zhihuan/current/bin/zhihuan"
ENVIRONMENT = "/etc/zhihuan/zhihuan.env"


def install_program(prefix: Prefix) -> str:
    """Wheel, locked dependencies and their own Python environment, as an upgrade lays them too; the
    version that the installed program tells."""
    uv = CHECKOUT / ".tools" / "bin" / "uv"
    wheels = prefix.folder("/opt/zhihuan/wheels", mode=0o755)
    target = prefix.folder("/opt/zhihuan/this", mode=0o755)
    python = str(target / "bin" / "python")
    _done([str(uv), "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(CHECKOUT)])
    _done(
        [str(uv), "venv", "--quiet", "--allow-existing", "--python", _system_python(), str(target)]
    )
    lock = str(CHECKOUT / "requirements" / "base.lock")
    _done([str(uv), "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock])
    (wheel,) = wheels.glob("zhihuan-*.whl")
    _done([str(uv), "pip", "install", "--quiet", "--no-deps", "--python", python, str(wheel)])
    (prefix.root / "opt/zhihuan/current").symlink_to("this")
    return _done([str(prefix.path(PROGRAM)), "--version"]).strip()


def _system_python() -> str:
    """The system's own, which every account may run; a developer's may lie in a closed folder."""
    system = Path("/usr/bin/python3")
    return str(system) if system.exists() else sys.executable


def _done(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedTrialError(f"{' '.join(command[:4])} …: {done.stderr.strip()}")
    return done.stdout


def lay_out(prefix: Prefix, account: Account, settings: Mapping[str, str]) -> None:
    """Every file of deploy/ where the guide puts it. settings: what is changed in the environment
    file; a name that is not in it is an error."""
    for folder in ("lib/zhihuan", "backups/zhihuan"):
        prefix.folder(f"/var/{folder}", account.owner)
    for file in sorted((DEPLOY / "systemd").iterdir()):
        prefix.put(f"systemd/{file.name}", f"/etc/systemd/system/{file.name}")
    prefix.put("zhihuan.env", ENVIRONMENT)
    prefix.put("backup.env", "/etc/zhihuan/backup.env")
    prefix.put("rehearsal.env", "/etc/zhihuan/rehearsal.env")
    set_in(prefix.path(ENVIRONMENT), settings)


def set_in(file: Path, settings: Mapping[str, str]) -> None:
    """Change NAME= or #NAME= lines, as a person with an editor does."""
    lines = file.read_text("utf-8").splitlines()
    names = {
        line.lstrip("#").partition("=")[0]: number
        for number, line in enumerate(lines)
        if "=" in line
    }
    for name, value in settings.items():
        if name not in names:
            raise FailedTrialError(f"{file.name} has no line for {name}")
        lines[names[name]] = f"{name}={value}"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    if (found := settings_in(file)).items() < dict(settings).items():
        raise FailedTrialError(f"{file} reads as {sorted(found)}")


def verify_units(prefix: Prefix) -> str | None:
    """What systemd-analyze says about the units; None where it is not installed. The units are judged
    as they are in deploy/, in a folder with only what they name."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return None
    root = prefix.folder("/verify", mode=0o755)
    shutil.copytree(DEPLOY / "systemd", root / "etc/systemd/system", dirs_exist_ok=True)
    (root / "usr/lib").mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        "/usr/lib/systemd/system",
        root / "usr/lib/systemd/system",
        symlinks=True,
        dirs_exist_ok=True,
    )
    for program in (PROGRAM, "/usr/bin/find", "/usr/bin/psql", "/usr/bin/logger"):
        stand_in = root / program.lstrip("/")
        stand_in.parent.mkdir(parents=True, exist_ok=True)
        stand_in.write_text("#!/bin/sh\n")
        stand_in.chmod(0o755)
    names = sorted(file.name for file in (DEPLOY / "systemd").iterdir() if "@" not in file.name)
    done = subprocess.run(
        [analyze, "verify", f"--root={root}", *names], capture_output=True, text=True, check=False
    )
    said = (done.stdout + done.stderr).strip()
    if done.returncode or said:
        raise FailedTrialError(f"systemd-analyze verify: {said}")
    return f"{len(names)} units: nothing to say"
