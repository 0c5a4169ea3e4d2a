"""The diagram's places: one for each state, none shared, begins at the left."""

from __future__ import annotations

from filing import FILING

from zhihuan.bureau.matters.layout import COLUMN, laid_out
from zhihuan.bureau.matters.ways import reachable


def test_every_state_has_a_place_of_its_own_within_the_drawing() -> None:
    layout = laid_out(FILING)
    places = {(box.x, box.y) for box in layout.boxes.values()}
    assert set(layout.boxes) == reachable(FILING)
    assert len(places) == len(layout.boxes)
    assert all(0 <= x < layout.width and 0 <= y < layout.height for x, y in places)


def test_columns_follow_the_shortest_way_from_the_beginning() -> None:
    columns = {state: box.x // COLUMN for state, box in laid_out(FILING).boxes.items()}
    assert columns == {
        "draft": 0,
        "checking": 1,
        "withdrawn": 1,
        "correcting": 2,
        "filed": 2,
        "replaced": 3,
        "expired": 3,
    }


def test_the_same_procedure_is_drawn_alike() -> None:
    assert laid_out(FILING) == laid_out(FILING)
