"""Figures for programs: the same as the page, each opening the acts it counts, within the caller's reach."""

from __future__ import annotations

import pytest

from zhihuan.bureau.places.city import find_town

API = "/api/v1/figures"


@pytest.fixture
def leader(program_of, platform_store):
    return program_of("局领导")


def told(answer) -> dict:
    assert answer.status_code == 200, answer.content
    return {each["code"]: each for each in answer.json()["items"]}


def test_every_figure_with_the_year_before(act, leader):
    act("case_filed", "2025-03-02")
    act("penalty_fined", "2025-03-02", amount="100.50")
    act("penalty_fined", "2024-03-02", amount="7")
    found = told(leader.get(f"{API}?period=2025"))
    assert (found["cases_filed"]["now"], found["cases_filed"]["before"]) == (1, 0)
    assert (found["penalty_amount"]["now"], found["penalty_amount"]["before"]) == ("100.50", "7.00")
    assert found["decision_days"]["now"] is None
    assert found["cases_filed"]["about"].endswith("。")


def test_one_told_apart_and_narrowed(act, leader):
    act("case_filed", "2025-03-02", town="三角镇")
    act("case_filed", "2025-04-02", town="小榄镇")
    act("case_filed", "2025-04-02")
    answer = leader.get(f"{API}/cases_filed?period=2025&by=town").json()
    assert {each["words"]: each["now"] for each in answer["items"]} == {
        "三角镇": 1,
        "小榄镇": 1,
        "未载明": 1,
    }
    town = find_town("小榄镇").pk
    months = leader.get(f"{API}/cases_filed?period=2025&by=month&town={town}").json()["items"]
    assert [each["now"] for each in months] == [0, 0, 0, 1, *[0] * 8]


def test_the_acts_of_a_figure_by_pages_are_as_many_as_it_says(act, leader):
    for day in range(1, 6):
        act("penalty_fined", f"2025-03-0{day}", amount="1")
    act("penalty_fined", "2024-03-01")
    count = told(leader.get(f"{API}?period=2025"))["penalties_fined"]["now"]
    address, found = f"{API}/penalties_fined/acts?period=2025&limit=1", []
    while address:
        page = leader.get(address).json()
        found, address = [*found, *page["items"]], page["next"]
    assert len(found) == len({(each["matter"], each["event"]) for each in found}) == count == 5


def test_a_branch_is_told_of_its_town_alone(act, program_of, branch, platform_store):
    act("case_filed", "2025-03-02", town="三角镇")
    act("case_filed", "2025-03-02", town="小榄镇")
    head = program_of("科室（分局）负责人", at=branch)
    assert told(head.get(f"{API}?period=2025"))["cases_filed"]["now"] == 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [("?period=26", 422), ("?period=2099", 422), ("?peroid=2025", 422), ("/none", 404), ("/payment_rate", 404), ("/cases_filed?by=colour", 422)],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(leader, asked, status):
    assert leader.get(API + asked).status_code == status


def test_without_the_right_nothing_is_told(program_of, platform_store):
    assert program_of("档案管理员").get(API).status_code == 403
