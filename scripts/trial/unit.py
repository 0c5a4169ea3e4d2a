"""A systemd unit's command lines, run as systemd would, without systemd and without its sandbox.

Understands what the units of deploy/systemd use: EnvironmentFile, WorkingDirectory, StateDirectory,
ExecStartPre, ExecStart, SuccessExitStatus. Refuses to guess about anything else.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from trial.account import Account
from trial.prefix import Prefix


@dataclass(frozen=True, slots=True)
class Unit:
    """``entries``: every setting of the unit with its values in their order."""

    name: str
    entries: dict[str, list[str]]

    @classmethod
    def read(cls, file: Path) -> Unit:
        """The unit in ``file``."""
        entries: dict[str, list[str]] = {}
        for line in file.read_text("utf-8").splitlines():
            if "=" in line and not line.startswith(("#", ";", "[")):
                key, _, value = line.partition("=")
                entries.setdefault(key.strip(), []).append(value.strip())
        return cls(file.name, entries)

    def commands(self) -> list[list[str]]:
        """Every line that is run, before and at the start."""
        lines = [*self.entries.get("ExecStartPre", []), *self.entries["ExecStart"]]
        return [shlex.split(line) for line in lines]

    def environment(self) -> dict[str, str]:
        """What its programs see: a bare system and the unit's files, read as systemd reads them."""
        seen = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8"}
        for file in self.entries.get("EnvironmentFile", []):
            seen |= settings_in(Path(file))
        return seen

    def good_codes(self) -> set[int]:
        """Exit codes that are no failure."""
        words = " ".join(self.entries.get("SuccessExitStatus", []))
        return {0, *map(int, words.split())}

    def make_folders(self, prefix: Prefix, account: Account) -> None:
        """What StateDirectory promises."""
        for name in " ".join(self.entries.get("StateDirectory", [])).split():
            prefix.folder(f"/var/lib/{name}", account.owner)

    def start(self, account: Account, log: Path) -> subprocess.Popen[bytes]:
        """The last command, running; its output goes to ``log``."""
        *_, command = self.commands()
        with log.open("ab") as out:
            return subprocess.Popen(
                account.command(*command),
                env=self.environment(),
                cwd=self.entries["WorkingDirectory"][0],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                umask=int(self.entries.get("UMask", ["0022"])[0], 8),
                start_new_session=True,
            )

    def run(self, account: Account) -> subprocess.CompletedProcess[str]:
        """All its commands, one after the other; the first that fails ends it."""
        said = ""
        for command in self.commands():
            done = subprocess.run(
                account.command(*command),
                env=self.environment(),
                cwd=self.entries["WorkingDirectory"][0],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                umask=int(self.entries.get("UMask", ["0022"])[0], 8),
                check=False,
            )
            said += done.stdout
            if done.returncode not in self.good_codes():
                break
        return subprocess.CompletedProcess(self.name, done.returncode, said)


def settings_in(file: Path) -> dict[str, str]:
    """NAME=value lines; the value is everything after the first =."""
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines if "=" in line)


def end(process: subprocess.Popen[bytes], number: int, seconds: float = 60) -> int:
    """Send a signal and wait; the exit code."""
    if process.poll() is None:
        os.kill(process.pid, number)
    return process.wait(seconds)
