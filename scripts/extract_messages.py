"""List every translatable text of the source, and add what a catalogue lacks to it.

    python scripts/extract_messages.py [--check]

Reads gettext calls in Python (by their syntax tree), translate tags in templates (by Django's own
converter) and the packaged tables whose words pass through gettext. Needs no gettext programs. New
texts are appended to each locale's ``django.po`` untranslated; texts that nothing uses any more are
taken out. ``--check`` changes nothing and fails when a text has no translation or one has no use.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.utils.translation.template import templatize

sys.path.insert(0, str(Path(__file__).parent))
from compile_messages import LOCALE, read_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "zhihuan"
_CALLS = {"_", "_now", "gettext", "gettext_lazy", "gettext_noop", "gettext_format"}
_TEMPLATE_TEXT = re.compile(r"""\b_?gettext\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")\)""")
_TABLES = {
    "bureau/acquisition/reasons.yaml": ("name", "advice"),
    "bureau/identities/kinds.yaml": ("title", "hint"),
}


@functools.cache
def messages() -> dict[str, str]:
    """Every msgid with the first file that uses it, in the order of files."""
    found: dict[str, str] = {}
    for file, text in _all():
        found.setdefault(text, str(file.relative_to(SOURCE)))
    return found


def _all() -> Iterator[tuple[Path, str]]:
    for file in sorted(SOURCE.glob("**/*.html")):
        yield from ((file, text) for text in _of_template(file.read_text("utf-8")))
    for room in ("web", "lines", "bureau"):
        for file in sorted((SOURCE / room).glob("**/*.py")):
            yield from ((file, text) for text in _of_python(file.read_text("utf-8")))
    for name, keys in _TABLES.items():
        for row in yaml.safe_load((SOURCE / name).read_text("utf-8")):
            yield from ((SOURCE / name, row[key]) for key in keys if row.get(key))


def _of_template(text: str) -> Iterator[str]:
    """``templatize`` turns a template into text with gettext calls in it."""
    for literal in _TEMPLATE_TEXT.findall(templatize(text)):
        yield ast.literal_eval(literal)


def _of_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if name in _CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def untranslated(catalogue: Path) -> list[str]:
    """The texts this catalogue has no translation for."""
    known = read_po(catalogue.read_text("utf-8"))
    return [text for text in messages() if not known.get(text)]


def unused(catalogue: Path) -> list[str]:
    """The translations of texts that nothing uses."""
    return [
        text for text in read_po(catalogue.read_text("utf-8")) if text not in messages() and text
    ]


def renew(catalogue: Path) -> int:
    """Write the catalogue anew: its head, then every text in the order of files; how many lack one."""
    known = read_po(catalogue.read_text("utf-8"))
    head = catalogue.read_text("utf-8").split("\n\n", 1)[0]
    parts, last = [head], ""
    for text, file in messages().items():
        mark = f"# {file}\n" if file != last else ""
        last = file
        parts.append(f"{mark}msgid {_quoted(text)}\nmsgstr {_quoted(known.get(text, ''))}")
    catalogue.write_text("\n\n".join(parts) + "\n", "utf-8")
    return len(untranslated(catalogue))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> int:
    lacking = 0
    for catalogue in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        if "--check" not in sys.argv:
            print(f"{catalogue.parts[-3]}: {renew(catalogue)} texts without a translation")
            continue
        for text in untranslated(catalogue):
            print(f"{catalogue.parts[-3]}: no translation of {text!r}", file=sys.stderr)
        for text in unused(catalogue):
            print(f"{catalogue.parts[-3]}: nothing uses {text!r}", file=sys.stderr)
        lacking += len(untranslated(catalogue)) + len(unused(catalogue))
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit(main())
