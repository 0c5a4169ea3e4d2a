"""The drawing holds every state and step, crosses no box, and says the same in words."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

sys.path.insert(0, str(Path(__file__).parents[2] / "bureau" / "matters"))
from filing import FILING
from procedures import CASE

from zhihuan.bureau.matters.layout import HEIGHT, WIDTH
from zhihuan.web.matters.diagram import diagram_of

BOTH = pytest.mark.parametrize("procedure", [FILING, CASE], ids=lambda each: each.code)


@BOTH
def test_every_state_is_a_box_within_the_drawing(procedure):
    drawn = diagram_of(procedure)
    assert [node.title for node in drawn.nodes] == [state.title for state in procedure.states]
    assert all(node.x > 0 and node.right < drawn.width for node in drawn.nodes)
    assert all(node.y > 0 and node.bottom < drawn.height for node in drawn.nodes)


@BOTH
def test_every_step_stands_at_an_arrow_for_each_state_it_may_be_taken_in(procedure):
    drawn = diagram_of(procedure)
    words = sorted(str(word.text) for arrow in drawn.arrows for word in arrow.words)
    assert words == sorted(str(step.title) for step in procedure.steps for _source in step.sources)


@BOTH
def test_no_two_boxes_lie_over_each_other(procedure):
    for one, other in combinations(diagram_of(procedure).nodes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def stretches(path):
    """The straight stretches of a detour."""
    x, y = (int(each) for each in re.match(r"M(\d+) (\d+)", path).groups())
    for way, value in re.findall(r"([HV])(-?\d+)", path):
        before = (x, y)
        x, y = (int(value), y) if way == "H" else (x, int(value))
        yield before, (x, y)


@BOTH
def test_no_detour_crosses_a_box(procedure):
    drawn = diagram_of(procedure)
    for arrow in drawn.arrows:
        for (x, y), (u, v) in stretches(arrow.path) if "H" in arrow.path else ():
            for node in drawn.nodes:
                beside = max(x, u) <= node.x or min(x, u) >= node.right
                above_or_below = max(y, v) <= node.y or min(y, v) >= node.bottom
                assert beside or above_or_below, (arrow.told, node.title)


@BOTH
def test_no_two_detours_share_a_lane(procedure):
    lanes = [
        max(v for _a, (_u, v) in stretches(a.path))
        for a in diagram_of(procedure).arrows
        if "H" in a.path
    ]
    assert len(set(lanes)) == len(lanes)


def every_procedure():
    from zhihuan.bureau.matters.catalogue import newest

    return newest()


def test_nothing_below_a_box_lies_over_another_box():
    for procedure in every_procedure():
        drawn = diagram_of(procedure)
        texts = [*drawn.notes, *(word for arrow in drawn.arrows for word in arrow.words)]
        for text in texts:
            own_column = [node for node in drawn.nodes if node.middle[0] == text.x]
            for node in own_column:
                assert not node.y < text.y < node.bottom + 8, (
                    procedure.code,
                    text.text,
                    node.title,
                )


def test_what_a_crowded_drawing_leaves_out_is_told_below_its_state():
    crowded = [each for each in every_procedure() if diagram_of(each).notes]
    assert {each.code for each in crowded} == {"penalty_case"}
    drawn = diagram_of(crowded[0])
    told = "".join(word.text for word in drawn.notes)
    for arrow in drawn.arrows:
        source, _arrow, rest = arrow.told.partition(" → ")
        target, _colon, titles = rest.partition("：")
        if not arrow.path:
            assert (titles if source == target else target) in told, arrow.told


def test_the_state_of_a_matter_is_marked():
    marked = [node.title for node in diagram_of(FILING, here="checking").nodes if node.is_here]
    assert marked == ["核对"]


def test_the_same_is_told_as_a_table():
    rows = diagram_of(FILING).steps.rows
    told = {row.cells[0].shown: [cell.shown for cell in row.cells[1:]] for row in rows}
    assert told["撤回"] == ["填报、核对、补正", "已撤回", "企业用户", "—"]
    assert told["上报"][1] == "不变"
    assert told["到期"][2] == "平台"


PAGE = "/matters/trial_case/diagram/"


def test_the_table_says_from_whom_a_step_is_kept_apart():
    from zhihuan.lines.enforcement.procedure import PENALTY_CASE

    rows = diagram_of(PENALTY_CASE).steps.rows
    told = {row.cells[0].shown: row.cells[-1].shown for row in rows}
    assert told["批准延期、分期"] == "申请延期、分期缴款（依据：行政处罚法 §66）"
    assert "关联的现场检查：到场亮证、制作现场检查笔录" in told["作出处罚决定"]


def test_the_page_holds_drawing_and_table(case, cast, browse):
    html = browse(cast.owner).get(PAGE).content.decode()
    drawing = ET.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])
    assert "立案" in "".join(drawing.itertext())
    assert drawing.get("role") == "img"
    assert "试办案件的全部环节" in html


def test_the_matters_own_page_marks_its_state(filed, cast, browse):
    html = browse(cast.officer).get(f"/matters/{filed.matter.pk}/").content.decode()
    assert "当前状态：调查。" in html
    assert html.count("▼ 当前状态") == 1


def test_the_bpmn_file_is_kept_under_the_procedures_name(case, cast, browse):
    answer = browse(cast.owner).get("/matters/trial_case/bpmn/")
    assert answer["Content-Disposition"] == 'attachment; filename="trial_case-2021.bpmn"'
    process = ET.fromstring(answer.content)[0]
    assert process.get("id") == "trial_case"


@pytest.mark.parametrize("address", [PAGE, "/matters/trial_case/bpmn/"])
def test_who_may_not_see_the_procedure_sees_no_drawing(case, person, browse, address):
    browser = browse(person("audit_administrator", name="auditor"))
    assert browser.get(address).status_code == 403


@BOTH
def test_what_was_drawn_once_is_marked_for_each_matter(procedure):
    whole = diagram_of(procedure)
    for state in procedure.states:
        drawn = diagram_of(procedure, here=state.code)
        assert drawn.here == state.title
        assert [node.title for node in drawn.nodes if node.is_here] == [state.title]
        assert drawn.above_boxes is whole.above_boxes
    assert diagram_of(procedure) == whole
    assert not whole.here


def test_another_declaration_of_the_same_edition_is_drawn_anew():
    other = replace(CASE, title="改过的程序")
    assert diagram_of(CASE).title == CASE.title
    assert "改过的程序" in str(diagram_of(other).steps.caption)
    assert diagram_of(CASE).title == CASE.title


def test_each_language_has_its_drawing():
    own = diagram_of(every_procedure()[0]).above_boxes
    with override("en"):
        other = diagram_of(every_procedure()[0]).above_boxes
    assert other != own
    assert diagram_of(every_procedure()[0]).above_boxes == own


def spots(path, count=200):
    """Points along a path of M, H, L and C."""
    x = y = 0.0
    for way, numbers in re.findall(r"([MHLC])([-\d. ]+)", path):
        given = [float(each) for each in numbers.split()]
        if way == "M":
            x, y = given
            continue
        u, v = (given[0], y) if way == "H" else given[-2:]
        bend = ((given[0], given[1]), (given[2], given[3])) if way == "C" else ((x, y), (u, v))
        for number in range(count + 1):
            t = number / count
            shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            each = ((x, y), *bend, (u, v))
            yield tuple(sum(s * p[axis] for s, p in zip(shares, each, strict=True)) for axis in (0, 1))  # fmt: skip
        x, y = u, v


def ground(word, em=13):
    """The box that a centred line of words covers: left, right, top, bottom."""
    from zhihuan.web.matters.diagram_strips import wide

    half = wide(str(word.text), em) / 2
    return word.x - half, word.x + half, word.y - 10, word.y + 3


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_in_a_crowded_drawing_words_lie_on_no_line_no_box_and_no_other_words(language):
    with override(language):
        drawn = next(each for each in map(diagram_of, every_procedure()) if each.notes)
    words = [*drawn.notes, *(word for arrow in drawn.arrows for word in arrow.words)]
    grounds = [(word.text, ground(word)) for word in words]
    for (one, (left, right, top, bottom)), (other, (left2, right2, top2, bottom2)) in combinations(
        grounds, 2
    ):
        assert left >= right2 or right <= left2 or top >= bottom2 or bottom <= top2, (one, other)
    for told, (left, right, top, bottom) in grounds:
        for node in drawn.nodes:
            assert (
                left >= node.right or right <= node.x or top >= node.bottom or bottom <= node.y
            ), told
        for arrow in drawn.arrows:
            on = [at for at in spots(arrow.path) if left < at[0] < right and top < at[1] < bottom]
            assert not on, (told, arrow.told)
        assert right < drawn.width
