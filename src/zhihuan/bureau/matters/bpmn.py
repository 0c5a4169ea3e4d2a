"""A declared procedure as BPMN 2.0, with a diagram, for any BPMN modeller.

A state becomes an exclusive gateway (what may be done there), a step a user task (a service task when
the platform takes it), an end state an end event. Steps that may be taken in several states become
one task with several flows into it. Clocks stand as text in the documentation of the tasks that start
them, and whom a task is kept apart from in that of the task. The file is a picture for people and modellers; the platform runs the declaration.

Source: OMG BPMN 2.0.2 (ISO/IEC 19510:2013), chapters 10 and 12 (diagram interchange).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # writes only, reads nothing

from django.utils.translation import gettext as _

from zhihuan.bureau.clock import time_limits
from zhihuan.bureau.matters.apart_words import apart_words
from zhihuan.bureau.matters.declaration import Clock, Procedure, Step
from zhihuan.bureau.matters.layout import COLUMN, HEIGHT, ROW, WIDTH, laid_out

__all__ = ["as_bpmn"]

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_PREFIXES = {"": _MODEL, "bpmndi": _DI, "dc": _DC, "di": _DD}
_DIAMOND, _CIRCLE = 50, 36


@dataclass(frozen=True, slots=True)
class _Shape:
    id: str
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    def border(self, towards: tuple[int, int]) -> tuple[int, int]:
        """Where a line from the middle towards there leaves it: a circle, a diamond or a box, told by its width."""
        (x, y), (far_x, far_y) = self.middle, towards
        across, down = 2 * abs(far_x - x) / self.width, 2 * abs(far_y - y) / self.height
        round_or_square = {_CIRCLE: math.hypot(across, down), _DIAMOND: across + down}
        far = round_or_square.get(self.width, max(across, down))
        return (round(x + (far_x - x) / far), round(y + (far_y - y) / far)) if far > 1 else (x, y)


@dataclass(frozen=True, slots=True)
class _Flow:
    id: str
    source: str
    target: str


def as_bpmn(procedure: Procedure) -> bytes:
    """The XML file, UTF-8."""
    for prefix, uri in _PREFIXES.items():
        ET.register_namespace(prefix, uri)
    root = ET.Element(
        f"{{{_MODEL}}}definitions", {"targetNamespace": "https://zhihuan.invalid/procedures"}
    )
    process = ET.SubElement(
        root,
        f"{{{_MODEL}}}process",
        {"id": procedure.code, "name": str(procedure.title), "isExecutable": "false"},
    )
    _document(process, _about(procedure))
    flows = list(_flows(procedure))
    for element in _nodes(procedure):
        process.append(element)
        _tie(element, flows)
    for flow in flows:
        given = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
        ET.SubElement(process, f"{{{_MODEL}}}sequenceFlow", given)
    _draw(root, procedure, flows)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _about(procedure: Procedure) -> str:
    basis = procedure.basis
    return f"{basis.title} {basis.clause} ({basis.in_force_from})".replace("  ", " ")


def _nodes(procedure: Procedure) -> Iterator[ET.Element]:
    yield ET.Element(f"{{{_MODEL}}}startEvent", {"id": "begin"})
    for state in procedure.states:
        tag = "endEvent" if state.end else "exclusiveGateway"
        yield ET.Element(
            f"{{{_MODEL}}}{tag}", {"id": f"state_{state.code}", "name": str(state.title)}
        )
    for step in procedure.steps:
        for way in _ways(step):
            tag = "serviceTask" if step.who.platform else "userTask"
            element = ET.Element(f"{{{_MODEL}}}{tag}", {"id": way, "name": str(step.title)})
            if words := "\n".join(_about_step(procedure, step)):
                _document(element, words)
            yield element


def _about_step(procedure: Procedure, step: Step) -> Iterator[str]:
    """The clocks it starts, and whom it is kept apart from."""
    yield from _clock_words(procedure, step)
    if words := apart_words(procedure, step):
        yield _("前序环节回避：%(steps)s") % {"steps": words}


def _ways(step: Step) -> list[str]:
    """One task where it leads to one place; one for each state when it stays where it is."""
    if step.target:
        return [f"step_{step.code}"]
    return [f"step_{step.code}_{source}" for source in step.sources]


def _clock_words(procedure: Procedure, step: Step) -> Iterator[str]:
    for clock in procedure.clocks:
        if step.code in clock.starts:
            yield f"{clock.title}: {_limit_words(clock)}"


def _limit_words(clock: Clock) -> str:
    limit = time_limits()[clock.limit][-1]
    return f"{clock.limit} {limit.step}, {limit.basis.title} {limit.basis.clause}"


def _flows(procedure: Procedure) -> Iterator[_Flow]:
    yield _Flow("flow_begin", "begin", f"state_{procedure.begins}")
    ends = {state.code for state in procedure.states if state.end}
    for step in procedure.steps:
        for source in step.sources:
            if (
                source in ends
            ):  # nothing leaves an end event: that a case may be taken up again is not drawn
                continue
            task = f"step_{step.code}" if step.target else f"step_{step.code}_{source}"
            yield _Flow(f"flow_{source}_{step.code}", f"state_{source}", task)
        for way, source in zip(_ways(step), step.sources, strict=False):
            yield _Flow(f"flow_{way}", way, f"state_{step.leads_from(source)}")


def _tie(element: ET.Element, flows: list[_Flow]) -> None:
    """incoming and outgoing come after the documentation and in this order (schema tFlowNode)."""
    mine = element.attrib["id"]
    for flow in flows:
        if flow.target == mine:
            ET.SubElement(element, f"{{{_MODEL}}}incoming").text = flow.id
    for flow in flows:
        if flow.source == mine:
            ET.SubElement(element, f"{{{_MODEL}}}outgoing").text = flow.id


def _document(element: ET.Element, words: str) -> None:
    ET.SubElement(element, f"{{{_MODEL}}}documentation").text = words


# ---- the diagram ----


def _draw(root: ET.Element, procedure: Procedure, flows: list[_Flow]) -> None:
    diagram = ET.SubElement(root, f"{{{_DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(
        diagram, f"{{{_DI}}}BPMNPlane", {"id": "plane", "bpmnElement": procedure.code}
    )
    shapes = {shape.id: shape for shape in _shapes(procedure)}
    for shape in shapes.values():
        drawn = ET.SubElement(
            plane, f"{{{_DI}}}BPMNShape", {"id": f"{shape.id}_shape", "bpmnElement": shape.id}
        )
        bounds = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
        ET.SubElement(
            drawn, f"{{{_DC}}}Bounds", {name: str(value) for name, value in bounds.items()}
        )
    for flow in flows:
        edge = ET.SubElement(
            plane, f"{{{_DI}}}BPMNEdge", {"id": f"{flow.id}_edge", "bpmnElement": flow.id}
        )
        source, target = shapes[flow.source], shapes[flow.target]
        for x, y in (source.border(target.middle), target.border(source.middle)):
            ET.SubElement(edge, f"{{{_DD}}}waypoint", {"x": str(x), "y": str(y)})


def _shapes(procedure: Procedure) -> Iterator[_Shape]:
    """States two columns apart, so that the tasks between them have a column of their own."""
    boxes = laid_out(procedure).boxes
    states: dict[str, _Shape] = {}
    for state in procedure.states:
        size = _CIRCLE if state.end else _DIAMOND
        box = boxes[state.code]
        states[state.code] = _Shape(
            f"state_{state.code}", 100 + 2 * box.x, 100 + 2 * box.y, size, size
        )
    first = states[procedure.begins]
    yield _Shape("begin", first.x - 80, first.y + (_DIAMOND - _CIRCLE) // 2, _CIRCLE, _CIRCLE)
    yield from states.values()
    taken: dict[str, int] = {}
    for step in procedure.steps:
        for way, source in zip(_ways(step), step.sources, strict=False):
            count = taken[source] = taken.get(source, -1) + 1
            yield _Shape(
                way,
                states[source].x + COLUMN - WIDTH // 2,
                states[source].y + count * (ROW * 2 // 3) - (HEIGHT - _DIAMOND) // 2,
                WIDTH,
                HEIGHT,
            )
