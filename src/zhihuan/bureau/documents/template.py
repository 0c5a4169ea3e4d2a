"""Templates: ``.docx`` files in the ``documents/`` of a package, found by name, known by content.

A template's version is the SHA-256 of its file: it needs no number that somebody forgets to raise, and
with every document it is written down by which version it was made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from zhihuan.bureau.documents.faults import MissingTemplateError

__all__ = ["Template", "packaged_template", "template_in"]

_FOLDER = "documents"


@dataclass(frozen=True)
class Template:
    """name: of its file, with the package before it in messages. data: its bytes."""

    package: str
    name: str
    data: bytes

    @property
    def where(self) -> str:
        """Where somebody finds it."""
        return f"{self.package}: {_FOLDER}/{self.name}"

    @cached_property
    def version(self) -> str:
        """SHA-256 of its bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def template_in(package: str, name: str) -> Template:
    """The template of that name in a package. MissingTemplateError says where it was looked for."""
    return _template(package, name)


def packaged_template(name: str) -> Template:
    """A template of the platform's own."""
    return _template("zhihuan.bureau.documents", name)


@cache
def _template(package: str, name: str) -> Template:
    file = _file(package, name)
    if file is None or not file.is_file():
        raise MissingTemplateError(
            f"no template {name!r}: a file {_FOLDER}/{name} is needed in the package {package!r}"
        )
    return Template(package, name, file.read_bytes())


def _file(package: str, name: str) -> Traversable | None:
    if not package or "/" in name or "\\" in name or not name.endswith(".docx"):
        return None
    try:
        return resources.files(package) / _FOLDER / name
    except ModuleNotFoundError:
        return None
