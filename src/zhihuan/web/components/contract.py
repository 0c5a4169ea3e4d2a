"""The contract of a component, read from the first comment of its template.

    {% comment %}
    Status badge: where a matter stands, by word, shape and colour together.

    kind: done | ongoing | waiting | …
    text: the word
    hint?: longer words for whoever points at it
    content: markup between {% wrap %} and {% endwrap %}
    {% endcomment %}

The text before the blank line says what the part is for; a name with ``?`` may be left out;
``content`` says that the part wraps markup. The template tags refuse what is not in the contract, so
it cannot lie. It refuses to guess: a template without the comment is no component.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "templates" / "components"
CONTENT = "content"
_COMMENT = re.compile(r"\A{% comment %}\n(.*?)\n{% endcomment %}", re.DOTALL)
_PARAMETER = re.compile(r"(\w+)(\?)?: (.+)")


class ContractError(ValueError):
    """A component, or the way one is used, is not as its contract says."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a component is given."""

    name: str
    meaning: str
    required: bool


@dataclass(frozen=True, slots=True)
class Contract:
    """What a component is for and what it takes."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    wraps: bool

    def check(self, given: set[str]) -> None:
        """ContractError when ``given`` lacks what is required or has what is unknown."""
        known = {each.name for each in self.parameters}
        required = {each.name for each in self.parameters if each.required}
        if unknown := sorted(given - known):
            raise ContractError(
                f"{self.name} takes no {', '.join(unknown)}; it takes {_all(known)}"
            )
        if lacking := sorted(required - given):
            raise ContractError(f"{self.name} needs {', '.join(lacking)}")


def names() -> list[str]:
    """Every component, by name."""
    return sorted(file.stem for file in FOLDER.glob("*.html"))


@functools.cache
def contract_of(name: str) -> Contract:
    """The contract of one component; ContractError when there is no such, or none is written."""
    file = FOLDER / f"{name}.html"
    if not re.fullmatch(r"[a-z_]+", name) or not file.is_file():
        raise ContractError(f"there is no component {name!r}; there are {', '.join(names())}")
    return parse(name, file.read_text("utf-8"))


def parse(name: str, template: str) -> Contract:
    """The contract written at the beginning of ``template``."""
    comment = _COMMENT.match(template)
    if comment is None:
        raise ContractError(f"{name}: the template must begin with a comment, its contract")
    purpose, _blank, told = comment[1].partition("\n\n")
    found = [_parameter(name, line) for line in _lines(told)]
    return Contract(
        name=name,
        purpose=" ".join(purpose.split()),
        parameters=tuple(each for each in found if each.name != CONTENT),
        wraps=any(each.name == CONTENT for each in found),
    )


def _lines(told: str) -> list[str]:
    """One line a parameter; an indented line continues the one before."""
    joined = re.sub(r"\n\s+", " ", told)
    return [line for line in joined.splitlines() if line.strip()]


def _parameter(name: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line.strip())
    if found is None:
        raise ContractError(f"{name}: not “name: meaning” in the contract: {line!r}")
    return Parameter(found[1], found[3], required=found[2] is None)


def _all(known: set[str]) -> str:
    return ", ".join(sorted(known)) or "nothing"
