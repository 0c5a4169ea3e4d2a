"""A procedure drawn: states as boxes, steps as arrows with their words, and the same told as a table.

Pure geometry in the drawing's own units (one em is ``EM``), from the places of ``bureau.matters.layout``.
An arrow to the next column is a curve; every other one runs through the gutters between the columns
and a lane of its own below the boxes, so that it never crosses a box. A step that leaves the state as
it is stands below its box; a row is as high as what stands below its boxes. Where nobody could follow so
many arrows, only those to the next column are drawn, in strips of their own (``diagram_strips``): the others are told in
words below their box (``diagram_notes``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.apart_words import apart_words
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.layout import COLUMN, HEIGHT, ROW, WIDTH, Box, laid_out
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.matters.diagram_notes import noted
from zhihuan.web.matters.diagram_strips import Strip, levels, strips, wide, words_at
from zhihuan.web.matters.possible import who_takes

__all__ = ["EM", "Arrow", "Diagram", "Node", "diagram_of"]

EM = 13
#: Columns stand wider apart than laid out: between boxes there must be room for an arrow's words.
_WIDER = 47
_LEFT, _RIGHT, _TOP, _LANE, _LINE = 56, 32, 34, 30, 17
#: From the line of a text to the middle of its letters.
_BASE = 5
_ALONG_CURVE = 0.4
#: More arrows than these nobody follows with the eye.
_MOST_ARROWS = 40
#: Letters of a cell of the table that stand open.
_MOST_LETTERS = 60

_Between = dict[tuple[str, str], list[Step]]


@dataclass(frozen=True, slots=True)
class Node:
    """A state: upper left corner, whether it is an end, and whether the matter stands there."""

    code: str
    title: Any
    x: int
    y: int
    is_end: bool
    is_here: bool = False

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + WIDTH // 2, self.y + HEIGHT // 2

    @property
    def right(self) -> int:
        return self.x + WIDTH

    @property
    def bottom(self) -> int:
        return self.y + HEIGHT

    @property
    def inner(self) -> tuple[int, int]:
        """The corner of the second line of an end."""
        return self.x + 4, self.y + 4

    @property
    def text_y(self) -> int:
        return self.middle[1] + _BASE

    @property
    def mark_y(self) -> int:
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Word:
    """A step's title beside its arrow."""

    text: Any
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """The steps from one state to another: an SVG path ("": not drawn), the words, and all of it as a sentence."""

    path: str
    words: list[Word]
    told: str
    is_platform: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """Sizes in units; ``width_em`` for the page. ``steps`` is the table that says the same. below_boxes, above_boxes:
    what is drawn before and after the boxes, as SVG, of which a large procedure has hundreds of elements."""

    title: Any
    width: int
    height: int
    nodes: list[Node]
    arrows: list[Arrow]
    begin: tuple[int, int]
    steps: Table
    here: Any = ""
    notes: list[Word] = field(default_factory=list)
    below_boxes: str = ""
    above_boxes: str = ""

    @property
    def told(self) -> str:
        return "".join(f"{arrow.told}；" for arrow in self.arrows)

    @property
    def width_em(self) -> str:
        return f"{self.width / EM:.2f}em"


class _Kept(NamedTuple):
    """A drawing, and what it was made of: the words of a step name steps of other procedures."""

    procedure: Procedure
    others: tuple[Procedure, ...]
    drawing: Diagram


_kept: dict[tuple[str, str, str | None], _Kept] = {}


def diagram_of(procedure: Procedure, here: str = "") -> Diagram:
    """The drawing; ``here``: the state to be marked. Drawn once an edition and language: nothing else of it depends on a
    matter, or on who looks."""
    drawing = _drawing_of(procedure)
    nodes = [replace(node, is_here=node.code == here) for node in drawing.nodes]
    title = next((node.title for node in nodes if node.is_here), "")
    return replace(drawing, nodes=nodes, here=title)


def _drawing_of(procedure: Procedure) -> Diagram:
    key, others = (procedure.code, procedure.edition, get_language()), tuple(newest())
    found = _kept.get(key)
    if found is None or found[:2] != (procedure, others):
        found = _kept[key] = _Kept(procedure, others, _written(_drawn(procedure)))
    return found.drawing


def _written(drawing: Diagram) -> Diagram:
    """With its SVG around the boxes."""
    below, above = (
        render_to_string(f"matters/_diagram_{part}.html", {"diagram": drawing})
        for part in ("arrows", "words")
    )
    return replace(drawing, below_boxes=below, above_boxes=above)


def _drawn(procedure: Procedure) -> Diagram:
    between: _Between = defaultdict(list)
    for step in procedure.steps:
        for source in step.sources:
            between[source, step.leads_from(source)].append(step)
    boxes = laid_out(procedure).boxes
    columns = {state: box.x // COLUMN for state, box in boxes.items()}
    in_words = (
        [pair for pair in between if columns[pair[1]] - columns[pair[0]] != 1]
        if len(between) > _MOST_ARROWS
        else []
    )
    lines = noted(procedure, between, in_words) if in_words else {}
    below = {state: len(lines.get(state, between.get((state, state), []))) for state in boxes}
    crowd = _crowd(columns, between, in_words, lines) if in_words else None
    lefts = {
        state: crowd[column].left if crowd else _LEFT + column * (COLUMN + _WIDER)
        for state, column in columns.items()
    }
    nodes = _nodes(procedure, lefts, _row_tops(boxes, below))
    lowest = max(node.bottom + below[state] * _LINE for state, node in nodes.items()) + _LINE
    tracks = _Tracks(lowest)
    if crowd:
        arrows = _crowded(
            nodes, {state: crowd[each] for state, each in columns.items()}, between, in_words
        )
    else:
        arrows = [
            _arrow(nodes[source], nodes[target], steps, tracks)
            for (source, target), steps in between.items()
        ]
    notes = [each for state, node in nodes.items() for each in _notes(node, lines.get(state, []))]
    first = nodes[procedure.begins]
    return Diagram(
        title=procedure.title,
        width=max([*(node.right for node in nodes.values()), *map(_end_of, notes)]) + _RIGHT,
        height=tracks.lane + _LINE,
        nodes=list(nodes.values()),
        arrows=arrows,
        begin=(first.x - 34, first.middle[1]),
        steps=_table(procedure),
        notes=notes,
    )


def _crowd(
    columns: dict[str, int],
    between: _Between,
    in_words: list[tuple[str, str]],
    lines: dict[str, list[str]],
) -> list[Strip]:
    below, into = defaultdict(list), defaultdict(list)
    for state, column in columns.items():
        below[column] += lines.get(state, [])
    for pair, steps in between.items():
        if pair not in in_words:
            into[columns[pair[1]]] += [str(step.title) for step in steps]
    return strips(_LEFT, below, into, EM)


def _crowded(
    nodes: dict[str, Node],
    before: dict[str, Strip],
    between: _Between,
    in_words: list[tuple[str, str]],
) -> list[Arrow]:
    """before: the strip before each state."""
    into: dict[str, list[str]] = defaultdict(list)
    for source, target in between:
        if (source, target) not in in_words:
            into[target].append(source)
    drawn: dict[tuple[str, str], Arrow] = {}
    for target, sources in into.items():
        sources.sort(key=lambda source: nodes[source].y)
        counts = [len(between[source, target]) for source in sources]
        at = levels(nodes[target].y, counts, _LINE)
        for source, (level, end) in zip(sources, at, strict=True):
            steps, strip = between[source, target], before[target]
            path = strip.path((nodes[source].right, nodes[source].middle[1]), level, end)
            lines = zip(steps, words_at(level, len(steps), _LINE), strict=True)
            words = [Word(step.title, strip.words, y) for step, y in lines]
            drawn[source, target] = replace(
                _told(nodes[source], nodes[target], steps), path=path, words=words
            )
    return [
        drawn.get(pair) or _told(nodes[pair[0]], nodes[pair[1]], steps)
        for pair, steps in between.items()
    ]


def _end_of(note: Word) -> int:
    return note.x + wide(str(note.text), EM) // 2


def _row_tops(boxes: dict[str, Box], below: dict[str, int]) -> list[int]:
    """Where each row begins: under what stands below the boxes of the row before."""
    tops = [_TOP]
    for row in range(max(box.y for box in boxes.values()) // ROW):
        most = max((below[state] for state, box in boxes.items() if box.y // ROW == row), default=0)
        tops.append(tops[-1] + ROW + max(0, most - 1) * _LINE)
    return tops


def _nodes(procedure: Procedure, lefts: dict[str, int], tops: list[int]) -> dict[str, Node]:
    boxes = laid_out(procedure).boxes
    return {
        state.code: Node(
            state.code,
            state.title,
            lefts[state.code],
            tops[boxes[state.code].y // ROW],
            is_end=state.end,
        )
        for state in procedure.states
        if state.code in boxes
    }


def _notes(node: Node, lines: list[str]) -> Iterator[Word]:
    for number, line in enumerate(lines):
        yield Word(line, node.middle[0], node.bottom + (number + 1) * _LINE)


@dataclass
class _Tracks:
    """Lanes below the boxes and tracks in the gutters, handed out so that no two arrows share one."""

    lane: int
    _out: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _into: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def next_lane(self) -> int:
        self.lane += _LANE
        return self.lane

    def out_of(self, node: Node) -> int:
        self._out[node.x] += 1
        return self._out[node.x]

    def into(self, node: Node) -> int:
        self._into[node.x] += 1
        return self._into[node.x]


def _arrow(source: Node, target: Node, steps: list[Step], tracks: _Tracks) -> Arrow:
    if source is target:
        path, at = _loop(source)
    elif target.x - source.x == COLUMN + _WIDER:
        path, at = _curve(source, target)
    else:
        path, at = _detour(source, target, tracks)
    told = _told(source, target, steps)
    words = list(_words(steps, *at, centred=source is not target))
    return Arrow(path, words, told.told, told.is_platform)


def _told(source: Node, target: Node, steps: list[Step]) -> Arrow:
    """An arrow that is not drawn."""
    titles = "、".join(str(step.title) for step in steps)
    is_platform = all(step.who.platform for step in steps)
    return Arrow("", [], f"{source.title} → {target.title}：{titles}", is_platform)


def _words(steps: list[Step], x: int, y: int, *, centred: bool) -> Iterator[Word]:
    """One line a step: the middle of all at the place, or from there on downwards."""
    top = y + _BASE - ((len(steps) - 1) * _LINE // 2 if centred else 0)
    for number, step in enumerate(steps):
        yield Word(step.title, x, top + number * _LINE)


def _loop(node: Node) -> tuple[str, tuple[int, int]]:
    x = node.middle[0]
    return f"M{x + 24} {node.bottom}c0 28 -48 28 -48 0", (x, node.bottom + 2 * _LINE)


def _curve(source: Node, target: Node) -> tuple[str, tuple[int, int]]:
    begin, end = source.middle[1], target.middle[1]
    half = (source.right + target.x) // 2
    path = f"M{source.right} {begin}C{half} {begin} {half} {end} {target.x} {end}"
    t = _ALONG_CURVE
    rise = 3 * t * t - 2 * t**3  # of such a curve, as the share of the way from begin to end
    return path, (half, begin + round((end - begin) * rise))


def _detour(source: Node, target: Node, tracks: _Tracks) -> tuple[str, tuple[int, int]]:
    lane, out, into = tracks.next_lane(), tracks.out_of(source), tracks.into(target)
    right, left = source.right + 5 + 7 * out, target.x - 14 - 7 * into
    start, end = source.bottom - 4 - 5 * out, target.bottom - 4 - 5 * into
    path = f"M{source.right} {start}H{right}V{lane}H{left}V{end}H{target.x}"
    return path, ((right + left) // 2, lane)


def _table(procedure: Procedure) -> Table:
    titles = (_("环节"), _("原状态"), _("新状态"), _("办理人"), _("前序环节回避"))
    return Table(
        caption=_("%(title)s的全部环节") % {"title": procedure.title},
        headings=[Heading(each) for each in titles],
        rows=[Row(_cells(procedure, step)) for step in procedure.steps],
        blank=Blank(_("没有环节")),
    )


def _cells(procedure: Procedure, step: Step) -> list[Any]:
    sources = "、".join(str(procedure.state(code).title) for code in step.sources)
    target = procedure.state(step.target).title if step.target else _("不变")
    return [
        cell(str(step.title), is_header=True),
        cell(sources),
        cell(str(target)),
        cell(who_takes(step)),
        cell(_apart(procedure, step)),
    ]


def _apart(procedure: Procedure, step: Step) -> str:
    """Whom a step is kept apart from; a long list stays folded, or the table could not be looked over."""
    words, who = apart_words(procedure, step), step.who
    if len(words) <= _MOST_LETTERS:
        return words
    count = len(who.apart_from) + sum(map(len, who.apart_elsewhere.values()))
    told = _("%(count)s 个环节") % {"count": count}
    return format_html("<details><summary>{}</summary>{}</details>", told, words)
