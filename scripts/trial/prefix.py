"""A folder that stands for the root of a machine: files of deploy/ are laid into it, their paths moved along.

Only the paths that the deployment names are moved; programs of the system stay where they are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
_OURS = re.compile(
    r"(?<![\w./])/(?:opt/zhihuan|etc/zhihuan|etc/ssl/zhihuan|var/run/postgresql"
    r"|var/(?:lib|backups|log|cache/nginx)/zhihuan)"
)


class Prefix:
    """``root`` is the folder. ``more``: other texts to replace in every file, such as ports."""

    def __init__(self, root: Path, more: Mapping[str, str]) -> None:
        self.root = root
        self._more = dict(more)

    def moved(self, text: str) -> str:
        """``text`` with the deployment's paths inside the folder."""
        moved = _OURS.sub(lambda found: f"{self.root}{found.group()}", text)
        for old, new in self._more.items():
            moved = moved.replace(old, new)
        return moved

    def path(self, absolute: str) -> Path:
        """Where ``absolute`` of the real machine is here."""
        return Path(self.moved(absolute))

    def put(self, name: str, absolute: str, mode: int = 0o644) -> Path:
        """Lay ``deploy/NAME`` where the guide puts it; the path."""
        return self.write(absolute, (DEPLOY / name).read_text("utf-8"), mode)

    def write(self, absolute: str, text: str, mode: int = 0o644) -> Path:
        """Write a file, its text moved too."""
        target = self.root / absolute.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.moved(text), "utf-8")
        target.chmod(mode)
        return target

    def folder(
        self, absolute: str, owner: tuple[int, int] | None = None, mode: int = 0o700
    ) -> Path:
        """A folder of the deployment, owned as the guide says."""
        made = self.root / absolute.lstrip("/")
        made.mkdir(parents=True, exist_ok=True)
        made.chmod(mode)
        if owner is not None:
            shutil.chown(made, *owner)
        return made
