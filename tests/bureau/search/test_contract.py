"""What every engine answers. The suite runs on whichever database it is given: both give the same."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhihuan.bureau.registry.models import Contact, Device, Enterprise, Permit
from zhihuan.bureau.search.finding import search
from zhihuan.bureau.search.question import Rank
from zhihuan.bureau.search.text import plain

pytestmark = pytest.mark.django_db


def kinds(user, typed):
    return {hits.of.label.split(".")[1]: hits.keys for hits in search(user, typed, most=20)}


@pytest.fixture
def city(enterprise):
    for name, more in (
        ("中山市三角镇宏达印染厂", {"address": "三角镇福源路12号"}),
        ("中山市小榄镇重庆五金制品有限公司", {"town": "小榄镇", "address": "小榄镇长江路1号"}),
        ("中山市长虹家具（三角）有限公司", {"credit_code": "91442000MA4UQ00H1G"}),
        ("宏达电镀LED科技", {}),
        ("福源路加油站", {"town": "小榄镇"}),
    ):
        enterprise(name, **more)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("印染", "中山市三角镇宏达印染厂"),
        ("染", "中山市三角镇宏达印染厂"),
        ("三角镇宏达印染厂", "中山市三角镇宏达印染厂"),
        ("三角 印染", "中山市三角镇宏达印染厂"),
        ("家具(三角)", "中山市长虹家具（三角）有限公司"),
        ("家具三角", "中山市长虹家具（三角）有限公司"),
        ("hdyrc", "中山市三角镇宏达印染厂"),
        ("hddd", "宏达电镀LED科技"),
        ("印染*", "中山市三角镇宏达印染厂"),
        ("hongdayin", "中山市三角镇宏达印染厂"),
        ("CQWJ", "中山市小榄镇重庆五金制品有限公司"),
        ("chjj", "中山市长虹家具（三角）有限公司"),
        ("chongqing", "中山市小榄镇重庆五金制品有限公司"),
        ("长江路", "中山市小榄镇重庆五金制品有限公司"),
        ("91442000MA4UQ00H1G", "中山市长虹家具（三角）有限公司"),
        ("91442000ma4uq", "中山市长虹家具（三角）有限公司"),
        ("4UQ00H", "中山市长虹家具（三角）有限公司"),
        ("led", "宏达电镀LED科技"),
        ("宏达 led", "宏达电镀LED科技"),
        ("QY000003", "宏达电镀LED科技"),
        ("小榄 五金", "中山市小榄镇重庆五金制品有限公司"),
    ],
)
def test_what_people_remember_finds_it(city, found, typed, first):
    assert found(typed)[:1] == [first]


@pytest.mark.parametrize(
    "typed", ["染印", "不存在", "zzzz", "99999", "%", "_", "' OR 1=1 --", '"', "NOT 印染"]
)
def test_what_is_nowhere_finds_nothing(city, found, typed):
    assert found(typed) == []


def test_a_name_that_begins_so_comes_before_one_that_holds_it(city, found):
    assert found("宏达") == ["宏达电镀LED科技", "中山市三角镇宏达印染厂"]


def test_a_name_comes_before_an_address(city, found):
    assert found("福源路") == ["福源路加油站", "中山市三角镇宏达印染厂"]


def test_an_exact_code_is_what_was_meant(enterprise, found):
    enterprise("甲厂", code="AB12")
    enterprise("乙厂", code="AB123")
    enterprise("丙厂AB12", code="X1")
    assert found("ab12") == ["甲厂", "乙厂"]


def test_a_device_is_found_by_its_mn_and_a_permit_by_its_number(city, outlet, seeker):
    permit = Permit.objects.create(
        enterprise=Enterprise.objects.get(code="QY000000"), number="914410009999567890001V",
        valid_from="2024-01-01",
    )  # fmt: skip
    device = Device.objects.get()
    assert kinds(seeker, device.mn) == {"device": (device.pk,)}
    assert kinds(seeker, device.mn[:12]) == {"device": (device.pk,)}
    assert kinds(seeker, "914410009999567890001v") == {"permit": (permit.pk,)}
    assert kinds(seeker, "zps") == {}
    assert kinds(seeker, "某印染厂总排口") == {"monitoringpoint": (outlet.pk,)}


def test_a_telephone_number_is_found_whole_and_by_those_who_may_see_it(city, person, seeker):
    contact = Contact.objects.create(
        enterprise=Enterprise.objects.get(code="QY000000"), name="张三丰", phone="138-1234 5678"
    )
    assert kinds(seeker, "13812345678") == {"contact": (contact.pk,)}
    assert kinds(seeker, "1381234567") == {}
    assert kinds(seeker, "12345678") == {}
    assert kinds(seeker, "张三丰") == {}
    assert kinds(person("leader"), "13812345678") == {}


def test_nobody_finds_what_they_may_not_see(city, person, found):
    own = Enterprise.objects.get(code="QY000000")
    theirs = person("enterprise_user", at=own)
    assert found("三角", by=theirs) == [own.name]
    assert found("中山", by=theirs) == [own.name]
    assert found("hdyrc", by=theirs) == [own.name]
    assert found("91442000MA4UQ00H1G", by=theirs) == []
    assert found("重庆", by=theirs) == []
    assert found("三角", by=person("audit_administrator")) == []


def test_a_narrow_reader_is_answered_as_the_index_answers(city, person, found, seeker):
    """Their few entries are looked at one by one: for each question the same as all less the others'."""
    own = Enterprise.objects.get(code="QY000000")
    theirs = person("enterprise_user", at=own)
    for typed in (
        "印染",
        "染",
        "三角 印染",
        "hd",
        "hdyrc",
        "福源路",
        "QY000000",
        "y000",
        "宏达 路",
    ):
        assert found(typed, by=theirs) == [n for n in found(typed) if n == own.name], typed


def test_a_scope_of_towns_narrows_too(city, person, monkeypatch, found):
    from zhihuan.bureau.people.scope import Scope
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.search import finding

    towns = Scope(towns=frozenset({find_town("小榄镇").code}))
    monkeypatch.setattr(finding, "scope_of", lambda _user, _permission: towns)
    assert found("福源路") == ["福源路加油站"]
    assert found("QY") == ["中山市小榄镇重庆五金制品有限公司", "福源路加油站"]


def test_no_more_than_asked_for_and_said_so(enterprise, seeker):
    for number in range(7):
        enterprise(f"同名厂{number}")
    (hits,) = search(seeker, "同名", most=5)
    assert (len(hits.keys), hits.is_more) == (5, True)
    (hits,) = search(seeker, "同名", most=7)
    assert (len(hits.keys), hits.is_more) == (7, False)
    assert hits.ranks == (Rank.NAME_BEGINS,) * 7


def test_two_queries_at_most_and_one_for_what_comes_newest_first(city, seeker):
    from zhihuan.bureau.people.scope import grants_of

    grants_of(seeker)
    for typed, most in (("印染", 2), ("yrc", 3), ("QY000003", 1), ("", 0)):
        with CaptureQueriesContext(connection) as asked:
            search(seeker, typed, most=200)
        assert len(asked) <= most, typed


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("中山三角印染厂宏达A2-（"), min_size=1, max_size=6))
def test_whatever_stands_in_a_name_is_found(enterprise, found, typed):
    """The slow route: Python's ``in`` over every name."""
    if not Enterprise.objects.exists():
        for name in (
            "中山三角印染",
            "三角中山厂",
            "宏达A2厂",
            "A2宏达（中山）",
            "山中",
            "印染厂-A2-2A",
        ):
            enterprise(name, code=f"K{plain(name)}Z")
    words = [plain(word) for word in typed.split() if plain(word)]
    wanted = {
        name
        for name in Enterprise.objects.values_list("name", flat=True)
        if words and all(word in plain(name) for word in words)
    }
    got = set(found(typed))
    if all(not w[0].isascii() and not w[-1].isascii() for w in words):
        assert wanted <= got
    assert all(any(w in plain(name) or w in f"k{plain(name)}z" for w in words) for name in got)
