"""我的外出: what may be taken along, by whom, and what waits for a decision."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext


def test_matters_that_may_be_taken_along_are_offered_and_others_are_not(
    officer, browse, cast, open_visit
):
    mine = open_visit("检查甲厂")
    page = officer.get("/visits/").content.decode()
    assert f'data-visit-candidate="{mine.pk}"' in page
    assert (
        f'data-visit-candidate="{mine.pk}"'
        not in browse(cast.stranger).get("/visits/").content.decode()
    )


def test_a_matter_that_has_ended_is_not_offered(officer, visit, cast):
    from zhihuan.bureau.matters.engine.taking import Acting, Said, take

    take(visit, "drop", Acting(cast.officer), Said({"why": "x"}), version=visit.version)
    assert "data-visit-candidate" not in officer.get("/visits/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(officer, open_visit):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            officer.get("/visits/")
        return len(caught)

    open_visit("一")
    queries()
    few = queries()
    for number in range(8):
        open_visit(f"第{number}家")
    assert queries() == few


def test_conflicts_wait_there_for_whoever_wrote_them(officer, sync, jotter, visit, browse, cast):
    sync(jotter, jotter.jot(visit, "arrive", ("weather", "fine")))
    assert "等您决定的冲突" in officer.get("/visits/").content.decode()
    assert "等您决定的冲突" not in browse(cast.second).get("/visits/").content.decode()


def test_it_is_in_the_navigation_of_whoever_goes_out(officer, browse, cast):
    assert 'href="/visits/"' in officer.get("/inbox/").content.decode()
    assert browse(cast.owner).get("/visits/").status_code == 403


def test_the_page_of_the_matter_shows_what_came_from_phones(officer, sync, jotter, arrive, visit):
    assert f"/visits/?matter={visit.pk}" in officer.get(f"/matters/{visit.pk}/").content.decode()
    told = arrive()
    sync(jotter, told)
    assert f"/visits/records/{told['id']}/" in officer.get(f"/matters/{visit.pk}/").content.decode()
