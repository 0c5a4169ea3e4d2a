"""The BPMN file: every reference holds, everything is drawn, nothing overlaps."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from filing import FILING
from lxml import etree
from procedures import CASE

from zhihuan.bureau.matters.bpmn import as_bpmn

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.fromstring(as_bpmn(FILING))


@pytest.fixture
def process(root: ET.Element) -> ET.Element:
    found = root.find(f"{MODEL}process")
    assert found is not None
    return found


def test_every_state_and_step_is_there_under_its_name(root: ET.Element) -> None:
    names = {each.get("name") for each in root.iter() if each.get("name")}
    assert names >= {str(state.title) for state in FILING.states}
    assert names >= {str(step.title) for step in FILING.steps}
    assert len(root.findall(f".//{MODEL}endEvent")) == 3
    assert len(root.findall(f".//{MODEL}serviceTask")) == 1


def test_every_flow_ties_two_elements_that_know_it(process: ET.Element) -> None:
    elements = {each.get("id"): each for each in process}
    flows = process.findall(f"{MODEL}sequenceFlow")
    assert len({flow.get("id") for flow in flows}) == len(flows) > 15
    for flow in flows:
        source, target = elements[flow.get("sourceRef")], elements[flow.get("targetRef")]
        assert flow.get("id") in [each.text for each in source.findall(f"{MODEL}outgoing")]
        assert flow.get("id") in [each.text for each in target.findall(f"{MODEL}incoming")]


def test_every_element_is_drawn_once(root: ET.Element, process: ET.Element) -> None:
    wanted = [str(each.get("id")) for each in process if each.tag != f"{MODEL}documentation"]
    shapes = [*root.iter(f"{DI}BPMNShape"), *root.iter(f"{DI}BPMNEdge")]
    assert sorted(wanted) == sorted(str(each.get("bpmnElement")) for each in shapes)
    assert all(len(edge.findall(f"{DD}waypoint")) >= 2 for edge in root.iter(f"{DI}BPMNEdge"))


def test_no_two_elements_lie_over_each_other(root: ET.Element) -> None:
    names = ("x", "y", "width", "height")
    boxes = [[int(each.get(name, "")) for name in names] for each in root.iter(f"{DC}Bounds")]
    for (x, y, w, h), (u, v, p, q) in combinations(boxes, 2):
        assert x + w <= u or u + p <= x or y + h <= v or v + q <= y


def test_the_law_of_a_clock_stands_at_the_task_that_starts_it(root: ET.Element) -> None:
    task = root.find(f".//{MODEL}userTask[@id='step_submit']/{MODEL}documentation")
    assert task is not None
    assert "M02" in str(task.text)
    assert "§16" in str(task.text)


def test_children_come_in_the_order_the_schema_asks_for(root: ET.Element) -> None:
    order = ["documentation", "incoming", "outgoing"]
    for task in root.iter(f"{MODEL}userTask"):
        places = [order.index(child.tag.removeprefix(MODEL)) for child in task]
        assert places == sorted(places)


@pytest.mark.shared
@pytest.mark.parametrize("procedure", [FILING, CASE], ids=lambda each: each.code)
def test_the_schema_of_the_standard_finds_nothing(procedure, shared: Path) -> None:
    schema = shared / "bpmn20" / "BPMN20.xsd"
    if not schema.is_file():
        pytest.skip(f"the OMG's schemas of BPMN 2.0 are not at {schema.parent}")
    told = etree.XMLSchema(etree.parse(str(schema)))
    told.validate(etree.fromstring(as_bpmn(procedure)))
    assert [str(each) for each in told.error_log] == []


def test_nothing_leaves_an_end_event() -> None:
    """A closed penalty case may be contested; a modeller would refuse the arrow."""
    from zhihuan.lines.enforcement.procedure import PENALTY_CASE

    assert "close" in PENALTY_CASE.step("contest").sources
    drawn = ET.fromstring(as_bpmn(PENALTY_CASE))
    assert not [
        each for each in drawn.iter(f"{MODEL}endEvent") if each.find(f"{MODEL}outgoing") is not None
    ]
