"""The file of an enterprise: who sees what, as of which day, at what cost, and what each look leaves."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.compliance import of_points
from zhihuan.bureau.compliance.quarter import Quarter
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.registry.quality import check

FILE = "/registry/enterprises/QY000001/"


@pytest.fixture(autouse=True)
def _nothing_kept(platform_store):
    of_points.forget()
    check.forget()


def text_of(browser, path: str = FILE) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_one_page_has_what_is_registered_there(ours, sign_in):
    text = text_of(sign_in("registrar"))
    for each in (ours.enterprise.name, ours.permit.number, ours.site.name, ours.point.name,
                 ours.device.mn, "DW001", "TW001", "GB 4287-2012"):  # fmt: skip
        assert each in text
    assert "123456" not in text.replace("13812345678", "")


def test_an_enterprise_user_sees_their_own_file_and_no_other(ours, theirs, sign_in):
    browser = sign_in("enterprise_user", at=ours.enterprise)
    text = text_of(browser)
    assert ours.device.mn not in text
    other = "/registry/enterprises/QY000002/"
    for path in (other, f"{other}file.json", f"{other}timeline/", f"{other}hours/"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"{other}contacts/").status_code == 404


def test_contacts_are_masked_until_asked_for_and_each_look_is_written_down(ours, sign_in):
    browser = sign_in("registrar")
    text = text_of(browser)
    assert "13812345678" not in text
    assert "138****5678" in text
    assert "张三丰" not in text
    looked = browser.post(f"{FILE}contacts/").content.decode()
    assert "13812345678" in looked
    entry = AuditEntry.objects.get(action="contact.view")
    assert entry.subject == "enterprise:QY000001"
    assert entry.detail == {"contacts": [ours.contact.pk]}


def test_those_who_may_not_see_contacts_are_shown_none(ours, sign_in):
    browser = sign_in("leader")
    assert "138****5678" not in text_of(browser)
    assert browser.post(f"{FILE}contacts/").status_code == 403
    assert not AuditEntry.objects.filter(action="contact.view").exists()


def test_hours_are_counted_against_the_limit_and_open_from_their_cell(ours, report, sign_in):
    hour = int(time.time()) // 3600 * 3600 - 3 * 3600
    for number, value in enumerate((120.0, 60.0, 90.0)):
        report("w01018", value, kind=3, time=hour + 3600 * number, mn=ours.device.mn,
               flag="D" if number == 2 else "N")  # fmt: skip
    from zhihuan.telemetry.kinds import Kind

    if int(Kind.HOUR) != 3:
        for number, value in enumerate((120.0, 60.0, 90.0)):
            report("w01018", value, kind=Kind.HOUR, time=hour + 3600 * number, mn=ours.device.mn,
                   flag="D" if number == 2 else "N")  # fmt: skip
    of_points.forget()
    browser = sign_in("registrar")
    told = browser.get(f"{FILE}file.json").json()["compliance"]
    figures = [each["exceeding_hours"] for each in told["points"]["WS-001"]]
    assert sum(figures) == 1, "the marked hour does not count"
    assert sum(each["valid_hours"] for each in told["points"]["WS-001"]) == 2
    quarter = Quarter.of(timezone.localdate(dt.datetime.fromtimestamp(hour, dt.UTC)))
    cell = f"{FILE}hours/?quarter={quarter}&which=exceeding"
    page = text_of(browser, cell)
    assert "共 1 个小时" in page
    assert "120" in page


@pytest.fixture
def exceeding(ours, report):
    """Two exceeding hours of one past day and one of the next; the limit was another before."""
    from zhihuan.bureau.registry.models import PointLimit
    from zhihuan.telemetry.kinds import Kind

    ours.limit.valid_from = dt.date(2025, 5, 3)
    ours.limit.save()
    PointLimit.objects.create(
        point=ours.point, factor="w01018", kind="hour", upper=500, basis="旧许可证",
        valid_from=dt.date(2024, 1, 1), valid_until=dt.date(2025, 5, 2),
    )  # fmt: skip
    for day, hour in ((2, 10), (3, 10), (3, 11), (4, 0)):  # Beijing time
        moment = dt.datetime(2025, 5, day, hour, tzinfo=timezone.get_default_timezone())
        report("w01018", 120.0, kind=Kind.HOUR, time=int(moment.timestamp()), mn=ours.device.mn)
    of_points.forget()


def test_a_cell_opens_into_its_days_and_a_day_into_its_hours(ours, exceeding, sign_in):
    browser, cell = sign_in("registrar"), f"{FILE}hours/?quarter=2025Q2&which=exceeding"
    context = browser.get(cell).context
    days = [[each.shown for each in row.cells] for row in context["days"].rows]
    assert [(re.sub("<[^>]+>", "", day), hours) for day, hours, _where in days] == [
        ("2025-05-04", "1"),
        ("2025-05-03", "2"),
    ]
    (address,) = re.findall(r'href="([^"]+2025-05-03)"', str(days[1][0]))
    of_day = browser.get(f"{FILE}hours/{address.replace('&amp;', '&')}").context
    assert (of_day["total"], len(of_day["table"].rows), of_day["days"]) == (2, 2, None)
    assert browser.get(f"{FILE}hours/{of_day['whole_url']}").context["total"] == 3


def test_the_limits_behind_a_cell_are_cited_with_their_law_and_days(ours, exceeding, sign_in):
    browser = sign_in("registrar")
    told = browser.get(f"{FILE}hours/?quarter=2025Q2&which=exceeding").context["limits"]
    rows = [[str(each.shown) for each in row.cells] for row in told.rows]
    assert [(row[3], row[5], row[6], row[7]) for row in rows] == [
        ("500.0", "旧许可证", "2024-01-01", "2025-05-02"),
        ("80.0", "GB 4287-2012", "2025-05-03", "长期有效"),
    ]
    later = browser.get(f"{FILE}hours/?quarter=2025Q3&which=exceeding").context["limits"]
    assert [row.cells[5].shown for row in later.rows] == ["GB 4287-2012"]
    assert browser.get(f"{FILE}hours/?quarter=2025Q2&which=missing").context["limits"] is None


def test_a_past_day_shows_what_was_known_then(ours, sign_in):
    with changing(None, why="更名") as changes:
        changes.update(ours.enterprise, name="新名称印染厂")
    past = timezone.localdate() - dt.timedelta(days=3)
    browser = sign_in("registrar")
    assert "新名称印染厂" in text_of(browser)
    then = text_of(browser, f"{FILE}?on={past}")
    assert "中山市三角镇模拟印染厂1号" in then
    assert "当日结束时的档案" in then
    assert browser.get(f"{FILE}file.json?on={past}").json()["on"] == str(past)


def test_before_it_was_registered_nobody_knew_it(ours, sign_in):
    change_set = ChangeSet.objects.create(why="登记")
    change_set.changes.create(
        model="registry.enterprise", object_id=str(ours.enterprise.pk), after={}, before=None
    )
    response = sign_in("registrar").get(f"{FILE}?on=2020-01-01")
    assert response.status_code == 404
    assert "尚未登记此企业" in response.content.decode()


@pytest.mark.parametrize("on", ["yesterday", "2999-01-01", "1000-01-01"])
def test_a_day_that_makes_no_sense_is_told(ours, sign_in, on):
    assert "下面是当前的档案" in text_of(sign_in("registrar"), f"{FILE}?on={on}")


def test_the_timeline_pages_lose_nothing_and_repeat_nothing(ours, sign_in):
    at = timezone.now()
    for number in range(75):
        with changing(None, why=f"事由{number:02d}号") as changes:
            changes.update(ours.site, address=f"地址{number}")
    ChangeSet.objects.update(at=at)  # all in one moment: the key alone gives the order
    browser, path, seen = sign_in("registrar"), f"{FILE}timeline/", []
    while path:
        context = browser.get(path).context
        seen += [event.words for event in context["events"]]
        path = context["more_url"]
    assert seen == [f"事由{number:02d}号" for number in reversed(range(75))]


def test_a_damaged_place_gives_the_newest(ours, sign_in):
    assert sign_in("registrar").get(f"{FILE}timeline/?after=%FF!!").status_code == 200


def test_the_file_costs_as_many_queries_however_much_is_in_it(ours, sign_in):
    from zhihuan.bureau.registry.models import Outlet, Site

    browser = sign_in("registrar")
    text_of(browser)
    with CaptureQueriesContext(connection) as few:
        text_of(browser)
    for number in range(6):
        site = Site.objects.create(
            code=f"M{number}", name="x", enterprise=ours.enterprise, town=ours.site.town
        )
        Outlet.objects.create(site=site, number="DA001", name="x", medium="gas")
    text_of(browser)
    with CaptureQueriesContext(connection) as many:
        text_of(browser)
    assert len(many) == len(few) <= 40


def test_the_devices_of_the_file_are_sought_by_keys_alone(ours, sign_in):
    """An "or" across two tables makes a database read every device there is."""
    browser = sign_in("registrar")
    with CaptureQueriesContext(connection) as asked:
        text_of(browser)
    told = [each["sql"] for each in asked if 'FROM "registry_device"' in each["sql"]]
    assert told
    assert not [sql for sql in told if 'JOIN "registry_pastplacement"' in sql]


def test_what_is_doubtful_stands_in_the_file(ours, sign_in):
    text = text_of(sign_in("registrar"))
    assert "联系方式存疑或一年未核实" in text
    assert "数采仪失联超过一天" in text


def test_a_changed_contact_is_told_without_a_name(ours, sign_in):
    with changing(None, why="核实") as changes:
        changes.update(ours.contact, phone="13900000000")
    browser = sign_in("leader")
    for text in (text_of(browser), text_of(browser, f"{FILE}file.json")):
        assert "修改“联系人”" in text
        assert "张三丰" not in text
        assert "13900000000" not in text
