"""The figure beside the inbox: kept for a moment, never after something moved here."""

from __future__ import annotations

import pytest

from zhihuan.bureau.inbox import figure
from zhihuan.bureau.inbox.claiming import give_back, take_on
from zhihuan.bureau.inbox.figure import figure_of
from zhihuan.bureau.matters.engine.taking import Acting, open_matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(case, cast):
    """``opened("title")``: a case opened by the officer in the town."""

    def make(title: str):
        return open_matter(
            case.code, Acting(cast.officer), title=title, party=cast.firm, town=cast.town
        )

    return make


@pytest.fixture(autouse=True)
def kept(figures_at_once, monkeypatch):
    """As the platform runs, not as other tests do."""
    monkeypatch.setattr(figure, "SECONDS", 15.0)
    yield
    figure.drop_figures()


def anew(user):
    """The account as the next request reads it."""
    return type(user).objects.get(pk=user.pk)


def test_the_figure_is_asked_once_in_its_seconds(opened, cast, django_assert_num_queries):
    opened("某印染厂超标排放")
    assert figure_of(anew(cast.officer)) == 1
    user = anew(cast.officer)
    with django_assert_num_queries(0):
        assert figure_of(user) == 1


def test_a_matter_that_is_opened_is_counted_at_once(opened, cast):
    opened("案件一")
    assert figure_of(anew(cast.officer)) == 1
    opened("案件二")
    assert figure_of(anew(cast.officer)) == 2


def test_what_a_colleague_takes_on_and_gives_back_is_counted_at_once(opened, cast):
    matter = opened("案件一")
    assert figure_of(anew(cast.head)) == 1
    take_on(matter, cast.officer)
    assert figure_of(anew(cast.head)) == 0
    give_back(matter, actor=cast.officer)
    assert figure_of(anew(cast.head)) == 1


def test_what_moved_elsewhere_is_seen_after_its_seconds(opened, cast, monkeypatch):
    opened("案件一")
    assert figure_of(anew(cast.officer)) == 1
    monkeypatch.setattr(figure, "waiting_for", lambda user: 7)  # another process opened six more
    assert figure_of(anew(cast.officer)) == 1
    monkeypatch.setattr(figure, "SECONDS", 0.0)
    assert figure_of(anew(cast.officer)) == 7
