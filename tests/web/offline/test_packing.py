"""What goes along: the forms that say so, the registry's facts, and nothing beyond one's rights."""

from __future__ import annotations

import pytest

from zhihuan.web.offline.packing import UNTIL


def test_a_pack_names_every_page_and_script_that_the_phone_must_keep(officer, visit):
    told = officer.get(f"/visits/of/{visit.pk}/pack/").json()
    steps = ["arrive", "note", "record", "leave"]
    assert [each["code"] for each in told["steps"]] == steps
    here = f"/visits/of/{visit.pk}/"
    assert told["pages"] == [here, *(f"{here}steps/{step}/" for step in steps)]
    assert (told["version"], told["state"]) == (visit.version, "planned")
    for page in told["pages"]:
        answer = officer.get(page)
        assert answer.status_code == 200, page
        assert int(answer[UNTIL]) >= told["until"]


def test_the_form_is_marked_and_carries_the_version_that_its_author_sees(officer, visit, cast):
    page = officer.get(f"/visits/of/{visit.pk}/steps/arrive/").content.decode()
    assert "data-offline-form" in page
    assert f'data-version="{visit.version}"' in page
    assert f'<option value="{cast.second.pk}"' in page  # the officers to choose from go along
    assert "data-session-end" not in page  # no countdown covers a page without a network


def test_the_page_of_the_visit_holds_what_the_registry_knows(officer, visit, cast, firm, outlet):
    enterprise = firm("key")
    site = outlet.site or _site_of(outlet, enterprise)
    assert site.enterprise_id == enterprise.pk
    visit.party_id = enterprise.pk
    visit.save()
    page = officer.get(f"/visits/of/{visit.pk}/").content.decode()
    assert enterprise.name in page
    assert "GB 4287-2012 表2" in page
    assert "≤ 50" in page


def _site_of(outlet, enterprise):
    from zhihuan.bureau.registry.models import Site

    outlet.site = Site.objects.create(
        code="S-1", name="厂区", enterprise=enterprise, town=outlet.town
    )
    outlet.save()
    return outlet.site


@pytest.mark.parametrize("step", ["drop", "nothing"])
def test_a_form_that_does_not_say_so_stays_at_the_desk(officer, visit, step):
    assert officer.get(f"/visits/of/{visit.pk}/steps/{step}/").status_code == 404


def test_what_lies_beyond_ones_reach_is_not_found(browse, cast, visit):
    stranger = browse(cast.stranger)
    for path in ("", "pack/", "steps/arrive/"):
        assert stranger.get(f"/visits/of/{visit.pk}/{path}").status_code == 404
    assert browse(cast.owner).get(f"/visits/of/{visit.pk}/").status_code == 403
