"""Saved filters: kept by title, opened by link, one's own alone, never a way to another site."""

from __future__ import annotations

import pytest

from zhihuan.web.models import MOST_SAVED, SavedFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
FORM = {
    "listing": "quarantine",
    "title": "杂乱",
    "query": "reason=junk&sort=mn",
    "back": "/quarantine/",
}


def test_a_question_is_kept_without_its_place(browser_of):
    browser = browser_of("值班员")
    answer = browser.post("/lists/filters/", FORM | {"query": "reason=junk&after=abc&format=xlsx"})
    assert answer["Location"] == "/quarantine/?reason=junk"
    assert SavedFilter.objects.get().query == "reason=junk"
    assert 'href="?reason=junk">杂乱</a>' in browser.get("/quarantine/").content.decode()


def test_the_same_title_replaces(browser_of):
    browser = browser_of("值班员")
    browser.post("/lists/filters/", FORM)
    browser.post("/lists/filters/", FORM | {"query": "reason=bad_crc"})
    assert SavedFilter.objects.get().query == "reason=bad_crc"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:x", "/\\evil.example"]
)
def test_it_leads_to_no_stranger_s_site(browser_of, back):
    answer = browser_of("值班员").post("/lists/filters/", FORM | {"back": back})
    assert answer["Location"].startswith("/?")


@pytest.mark.parametrize(
    "change", [{"title": " "}, {"listing": ""}, {"query": "q=" + "a" * 2001}, {"title": "a\0b"}]
)
def test_what_cannot_be_kept_is_told(browser_of, change):
    browser = browser_of("值班员")
    browser.post("/lists/filters/", FORM | change)
    assert not SavedFilter.objects.exists()
    assert "没有保存" in browser.get("/quarantine/").content.decode()


def test_there_is_a_bound(browser_of, person):
    user = person("值班员")
    SavedFilter.objects.bulk_create(
        SavedFilter(user=user, listing="quarantine", title=f"t{n}") for n in range(MOST_SAVED)
    )
    browser_of("值班员").post("/lists/filters/", FORM)
    assert SavedFilter.objects.count() == MOST_SAVED


def test_nobody_sees_or_deletes_another_s(browser_of, person):
    other = SavedFilter.objects.create(
        user=person("管理员"), listing="quarantine", title="别人的", query="mn=1"
    )
    browser = browser_of("值班员")
    assert "别人的" not in browser.get("/quarantine/").content.decode()
    assert browser.post(f"/lists/filters/{other.pk}/delete/").status_code == 404
    assert SavedFilter.objects.exists()


def test_one_s_own_is_deleted(browser_of):
    browser = browser_of("值班员")
    browser.post("/lists/filters/", FORM)
    pk = SavedFilter.objects.get().pk
    answer = browser.post(f"/lists/filters/{pk}/delete/", {"back": "/quarantine/"})
    assert answer["Location"] == "/quarantine/"
    assert not SavedFilter.objects.exists()
