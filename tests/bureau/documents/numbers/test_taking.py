"""Numbers follow each other without a gap or a double, whoever comes at once and whatever is rolled back.

The races run with real threads and connections on whichever database the tests run on; PostgreSQL is the
one that lets them meet.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.models import DocumentNumber, NumberCounter
from zhihuan.bureau.documents.numbers.keeping import gaps, void
from zhihuan.bureau.documents.numbers.rule import number_rule
from zhihuan.bureau.documents.numbers.taking import take_number
from zhihuan.bureau.matters.engine.taking import Acting, Said, take
from zhihuan.bureau.people.models import Organisation

RULE = number_rule("penalty_decision")
AT = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture
def branch(db):
    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    from zhihuan.bureau.places.city import find_town

    made = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    made.towns.set([find_town("三角镇")])
    return made


def taken(branch, at=AT, rule=RULE, **more):
    with transaction.atomic():
        return take_number(rule, branch, at, **more)


def at_once(*acts):
    """Every act in a thread and connection of its own, all let go together; what they raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def numbers():
    return sorted(DocumentNumber.objects.values_list("number", flat=True))


def test_each_year_begins_anew_by_beijing_time(branch):
    last = taken(branch, datetime(2026, 12, 31, 15, 59, tzinfo=UTC))
    first = taken(branch, datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    assert (last.text, first.text) == ("中（三角）环罚字〔2026〕1号", "中（三角）环罚字〔2027〕1号")


def test_a_rule_without_mark_is_one_series_of_the_bureau(branch):
    rule = number_rule("bureau_document")
    assert taken(branch, rule=rule).text == "中环〔2026〕1号"
    assert taken(branch.parent, rule=rule).text == "中环〔2026〕2号"


def test_what_a_rule_asks_for_must_be_brought(branch):
    rule = number_rule("plan_filing")
    with pytest.raises(DocumentError, match="level"):
        taken(branch, rule=rule, area="442000")
    assert taken(branch, rule=rule, area="442000", level="L").text == "442000-2026-001-L"


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused(branch):
    with pytest.raises(RuntimeError, match="transaction"):
        take_number(RULE, branch, AT)


def test_a_rolled_back_step_leaves_no_gap(branch):
    taken(branch)
    with transaction.atomic():
        take_number(RULE, branch, AT)
        transaction.set_rollback(True)
    assert taken(branch).number == 2
    assert gaps() == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_consecutive_numbers_even_the_first_of_a_year(branch):
    assert not at_once(*[lambda: [taken(branch) for _n in range(5)]] * 8)
    assert numbers() == list(range(1, 41))
    assert gaps() == []


@pytest.mark.django_db(transaction=True)
def test_those_rolled_back_among_many_leave_no_gap(branch):
    class UndoneError(Exception):
        pass

    def undone():
        with transaction.atomic():
            take_number(RULE, branch, AT)
            raise UndoneError

    raised = at_once(*[lambda: taken(branch), undone] * 6)
    assert {type(error) for error in raised} == {UndoneError}
    assert len(raised) == 6
    assert numbers() == list(range(1, 7))
    assert gaps() == []


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_for_the_first_and_takes_what_it_gave_back(branch):
    """The first of its year is rolled back while another waits for it."""
    holds, go = threading.Event(), threading.Event()
    got = []

    def first():
        with transaction.atomic():
            take_number(RULE, branch, AT)
            holds.set()
            go.wait(10)
            transaction.set_rollback(True)

    def second():
        holds.wait(10)
        threading.Timer(0.3, go.set).start()  # by then it waits for the first
        got.append(taken(branch).number)

    assert not at_once(first, second)
    assert got == [1]


@pytest.mark.django_db(transaction=True)
def test_two_matters_decided_at_once_have_consecutive_numbers(to_decide, cast):
    walks = [to_decide(f"第{n}案") for n in range(6)]

    def decide(walk):
        said = Said({"fine": "30000", "served_on": "2026-03-05"})
        version = walk.matter.version
        return lambda: take(walk.matter, "decide", Acting(cast.head), said, version=version)

    assert not at_once(*map(decide, walks))
    assert numbers() == [1, 2, 3, 4, 5, 6]
    texts = {walk.matter.documents.get(code="decision").number.text for walk in walks}
    assert len(texts) == 6
    assert gaps() == []


@pytest.mark.django_db(transaction=True)
def test_one_step_taken_twice_at_once_uses_one_number(to_decide, cast):
    walk = to_decide()
    said = Said({"fine": "30000", "served_on": "2026-03-05"})
    version = walk.matter.version

    def decide():
        matter = type(walk.matter).objects.get(pk=walk.matter.pk)
        take(matter, "decide", Acting(cast.head), said, version=version)

    raised = at_once(decide, decide, decide)
    assert len(raised) == 2
    assert numbers() == [1]
    assert walk.matter.documents.count() == 2
    assert gaps() == []


# ---- void numbers ----------------------------------------------------------------------------


def test_a_void_number_stays_with_its_reason_and_is_not_given_again(branch, person):
    head = person("section_head", name="head", at=branch)
    one = taken(branch)
    void(one, head, "当事人名称有误", "10.0.0.8")
    one.refresh_from_db()
    assert (one.is_void, one.void_by, one.void_reason) == (True, head, "当事人名称有误")
    assert taken(branch).number == 2
    assert gaps() == []


def test_a_number_is_void_for_a_reason_and_once(branch):
    one = taken(branch)
    with pytest.raises(DocumentError, match="reason"):
        void(one, None, " ")
    void(one, None, "重复")
    with pytest.raises(DocumentError, match="already"):
        void(one, None, "再次")


def test_a_gap_made_underneath_is_found(branch):
    for _n in range(3):
        taken(branch)
    DocumentNumber.objects.filter(number=2).delete()
    NumberCounter.objects.update(last=4)
    assert [each.rsplit(": ", 1)[1] for each in gaps()] == ["2 is missing", "4 is missing"]
    NumberCounter.objects.update(last=2)
    assert [each.rsplit(": ", 1)[1] for each in gaps()] == [
        "2 is missing",
        "3 is beyond its counter",
    ]
