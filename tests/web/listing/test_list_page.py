"""A declared list answers with what was asked, tells it back, and shows nobody more than their scope."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest
from django.utils import timezone

from zhihuan.web.listing import Column, Listing, TextFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]


def shown(response) -> list[str]:
    """The first column of the table."""
    html = response.content.decode()
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]+">([^<]+)<', html)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["C3", "B2", "A1"]),
        ("q=a1", ["A1"]),
        ("q=10.0.0", ["B2"]),
        ("reason=bad_crc", ["B2"]),
        ("any=bad_crc&any=junk", ["C3", "B2", "A1"]),
        ("open=1", ["C3", "A1"]),
        ("received_from=2026-05-03&received_to=2026-05-03", ["B2", "A1"]),
        ("reason=no-such-reason", []),
        ("received_from=nonsense", ["C3", "B2", "A1"]),
        ("sort=mn", ["A1", "B2", "C3"]),
        ("sort=-mn", ["C3", "B2", "A1"]),
        ("sort=raw", ["C3", "B2", "A1"]),
    ],
)
def test_it_shows_what_was_asked(keep, ask, query, found):
    day = dt.datetime(2026, 5, 3, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    keep("A1", received=day)
    keep("B2", received=day + dt.timedelta(hours=23, minutes=59), reason="bad_crc",
         peer="10.0.0.8", replayed_at=day)  # fmt: skip
    keep("C3", received=day + dt.timedelta(days=1))
    assert shown(ask(query)) == found


def test_nobody_sees_beyond_the_scope(keep, ask):
    keep("SECRET", peer="10.9.8.7")
    assert "10.9.8.7" not in ask("q=SECRET&col=mn&col=peer").content.decode()
    assert shown(ask("")) == []


def test_what_was_asked_is_told_back_and_can_be_taken_away(keep, ask):
    keep("A1")
    html = ask("q=A1&reason=junk&sort=mn").content.decode()
    assert "原因：杂乱数据" in html
    assert 'href="?reason=junk&amp;sort=mn" aria-label="去掉条件 编号或来源：A1"' in html


def test_a_malformed_day_says_how_to_mend_it(keep, ask):
    html = ask("received_from=3.5.2026").content.decode()
    assert "“3.5.2026”不是日期，请按 2026-05-03 的样式填写。" in html
    assert (
        "起始日期晚于截止日期"
        in ask("received_from=2026-05-04&received_to=2026-05-03").content.decode()
    )


def test_nothing_found_and_nothing_there_are_told_apart(keep, ask):
    assert "还没有记录" in ask().content.decode()
    keep("A1")
    assert "没有符合条件的记录" in ask("q=nothing").content.decode()


def test_columns_are_chosen(keep, ask):
    keep("A1", peer="10.0.0.8:4000")
    assert "10.0.0.8" not in ask().content.decode()
    html = ask("col=mn&col=peer").content.decode()
    assert "10.0.0.8" in html
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]+)', html)
    assert heads == ["编号", "来源"]


def test_a_link_keeps_the_question_and_leaves_out_what_is_so_anyway(keep, ask):
    for n in range(25):
        keep(f"N{n:02d}")
    html = ask("q=N&sort=-received&size=20&reason=").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert following.startswith("?q=N&size=20&after=")
    assert "sort=" not in following
    assert "reason=" not in following


def test_htmx_gets_the_list_alone_and_the_shortest_address(keep, ask):
    keep("A1")
    answer = ask("q=A1&reason=&size=50", target="list-frames")
    html = answer.content.decode()
    assert html.lstrip().startswith("<section")
    assert "<html" not in html
    assert answer["HX-Push-Url"] == "/frames/?q=A1"
    assert {"HX-Request", "HX-Target"} <= set(answer["Vary"].replace(" ", "").split(","))


def test_another_fragment_s_request_gets_the_page(keep, ask):
    assert "<html" in ask(target="drawer-body").content.decode()


def test_a_page_costs_the_same_for_few_rows_and_many(keep, ask, person, django_assert_num_queries):
    user = person("值班员")
    keep("A1")
    ask(user=user)  # permissions and the registry are read once
    for count, counts in ((1, 0), (60, 1), (60, 1)):
        for n in range(count):
            keep(f"M{n}")
        with django_assert_num_queries(
            2 + counts
        ):  # rows, saved filters, the count where a page is not all
            ask(user=user, target="list-frames")
        with django_assert_num_queries(
            4 + counts
        ):  # and whether anything is synthetic, and what waits
            ask(user=user)


@pytest.mark.parametrize(
    ("asked", "total"), [("", 60), ("size=20", 60), ("q=M5", 11), ("q=none", 0)]
)
def test_the_count_is_of_all_that_fit(keep, ask, asked, total):
    for n in range(60):
        keep(f"M{n}")
    html = ask(asked).content.decode()
    assert f"共 {total} 条" in html
    if following := re.search(r'rel="next" href="([^"]+)"', html):
        assert f"共 {total} 条" in ask(unescape(following[1])[1:]).content.decode()


def test_the_count_has_a_bound(keep, ask, frames_list):
    bounded = replace(frames_list, counted_to=3)
    for n in range(3):
        keep(f"A{n}")
    assert "共 3 条" in ask(listing=bounded).content.decode()
    keep("A4")
    assert "多于 3 条" in ask(listing=bounded).content.decode()


def test_cells_are_text_never_markup(keep, ask):
    keep("<script>x</script>")
    html = ask().content.decode()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_a_missing_value_is_a_dash(keep, ask):
    keep("A1", peer="")
    assert (
        '<td data-kind="text" data-head="来源" data-empty>—</td>'
        in ask("col=mn&col=peer").content.decode()
    )


def test_sortable_heads_say_how_they_are_sorted(keep, ask):
    keep("A1")
    html = ask("sort=mn").content.decode()
    head = re.search(
        r'<th scope="col"[^>]*aria-sort="ascending"[^>]*><a class="sort"[^>]*href="([^"]+)"', html
    )
    assert head[1] == "?sort=-mn"
    assert html.count("aria-sort") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"order": "-peer"}, "names no column that sorts"),
        ({"filters": (TextFilter("sort", "x", fields=("mn",)),)}, "may not be called"),
        ({"columns": (Column("mn", "a", sort="mn"), Column("mn", "b")), "order": "mn"}, "twice"),
    ],
)
def test_a_wrong_declaration_is_refused_at_once(frames_list, changes, words):
    whole = {
        name: getattr(frames_list, name) for name in ("name", "title", "scope", "columns", "order")
    }
    with pytest.raises(ValueError, match=words):
        Listing(**whole | changes)


def test_today_is_today_in_beijing(keep, ask):
    keep("A1", received=dt.datetime(2026, 5, 3, 15, 59, tzinfo=dt.UTC))  # 23:59 in Beijing
    keep("B2", received=dt.datetime(2026, 5, 3, 16, 0, tzinfo=dt.UTC))  # the next day
    assert timezone.get_current_timezone_name() == "Asia/Shanghai"
    assert shown(ask("received_to=2026-05-03")) == ["A1"]
