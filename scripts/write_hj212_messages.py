"""Write the generated parts of docs/hj212-messages.md from the code tables; ``--check`` fails when stale.

Between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` stands what a table says: the diagrams of the
exchanges, the commands by edition, the waiting times, the facts we are not sure of. The rest of the
page is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from zhihuan.hj212.codes import Confidence, Edition, commands
from zhihuan.hj212.codes.source import rows
from zhihuan.hj212.exchange import Machine, Outcome, machines

PAGE = Path(__file__).resolve().parents[1] / "docs" / "hj212-messages.md"
_EVENTS_OF_TIME = {"timeout": "time-out", "timeout_last": "time-out, no re-send left"}


def diagrams() -> str:
    """One Mermaid state diagram a machine."""
    return "\n".join(_diagram(machine) for machine in machines().values())


def _diagram(machine: Machine) -> str:
    lines = [f"### `{machine.name}`\n", "```mermaid", "stateDiagram-v2", "    [*] --> new"]
    for row in machine.transitions.values():
        acts = f" / {', '.join(row.acts)}" if row.acts else ""
        event = _EVENTS_OF_TIME.get(row.event, row.event.value.replace("_", " "))
        lines.append(f"    {row.state} --> {row.next} : {event}{acts}")
    finals = [state for state in machine.states if state in set(Outcome)]
    lines += [f"    {state} --> [*]" for state in finals]
    return "\n".join([*lines, "```\n"])


def command_table() -> str:
    """CN, sender and kind against the editions; the cell says how sure we are."""
    head = "| CN | from | kind | name | " + " | ".join(e.value for e in Edition) + " | class |"
    lines = [head, "|" + "---|" * (5 + len(Edition))]
    merged: dict[tuple[str, str, str, str], dict[Edition, str]] = {}
    names: dict[tuple[str, str, str, str], str] = {}
    for row in commands():
        key = (row.cn, row.sender, row.kind, row.body)
        names.setdefault(key, row.name)
        for edition in row.editions:
            merged.setdefault(key, {})[edition] = _SURE[row.source.confidence]
    for key, sure in merged.items():
        cells = " | ".join(sure.get(edition, "") for edition in Edition)
        cn, sender, kind, body = key
        lines.append(f"| {cn} | {sender} | {kind} | {names[key]} | {cells} | `{body}` |")
    return "\n".join([*lines, "", _counts()])


def _counts() -> str:
    counted = []
    for edition in Edition:
        mine = [row for row in commands() if edition in row.editions]
        by = {c: sum(row.source.confidence is c for row in mine) for c in Confidence}
        told = ", ".join(f"{n} {c.value.replace('_', ' ')}" for c, n in by.items() if n)
        counted.append(f"- {edition.standard}: {len(mine)} rows ({told})")
    return "\n".join(counted)


_SURE = {Confidence.OFFICIAL: "●", Confidence.SECOND_HAND: "○", Confidence.UNCONFIRMED: "?"}


def timings() -> str:
    """The standards' waiting times."""
    lines = ["| medium | wait, s | re-sends | editions | source |", "|---|---|---|---|---|"]
    lines += [
        f"| {r['medium']} | {r['timeout_seconds']} | {r['resends']} | {r['editions']} | {r['clause']} |"
        for r in rows("timings")
    ]
    return "\n".join(lines)


def doubts() -> str:
    """Every unconfirmed row of the tables, but the project's own choices."""
    return "\n".join(_doubts())


def _doubts() -> Iterator[str]:
    tables = "commands factors_2005 factors_2017 factors_2025 factors_field fields subfields marks orders"
    yield "| table | row | why |"
    yield "|---|---|---|"
    for table in tables.split():
        for row in rows(table):
            if row["confidence"] == Confidence.UNCONFIRMED:
                first, second = list(row.values())[:2]
                yield f"| {table} | {first} {second} | {row.get('note') or row['clause']} |"


PARTS = {
    "diagrams": diagrams,
    "commands": command_table,
    "timings": timings,
    "doubts": doubts,
}


def page(text: str) -> str:
    """The page with its generated parts renewed."""
    for name, part in PARTS.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"{PAGE.name} lacks the marks {begin} … {end}")
        renewed = f"{begin}\n\n{part()}\n\n{end}"
        text = pattern.sub(lambda _, renewed=renewed: renewed, text)
    return text


def main() -> int:
    """Renew the page, or with ``--check`` compare it; the exit code tells."""
    text = PAGE.read_text("utf-8")
    if "--check" in sys.argv:
        if page(text) == text:
            return 0
        print(f"{PAGE.name} is stale: run python scripts/{Path(__file__).name}")
        return 1
    PAGE.write_text(page(text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
