"""The calculator's page: what it asks, what it answers, and how it refuses."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from zhihuan.web.discretion import similar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
OLD = {"ended": "2026-05-01", "decided": "2026-07-01"}
EXAMPLE = OLD | {"f0": 1, "f1": 1, "f2": 1, "f3": 1, "f4": 2, "f5": 0}


@pytest.fixture
def ask(browser_of):
    """``ask("2.7", ended="2026-05-01", …)``: the page's words, without its markup."""
    browser = browser_of("执法人员")

    def get(case_id, **given):
        answer = browser.get(f"/discretion/{case_id}/" + (f"?{urlencode(given)}" if given else ""))
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    return get


def test_the_example_of_the_rule_with_every_step(ask):
    told = ask("2.7", **EXAMPLE)
    assert "300,000.00 元 30万元" in told
    assert "裁量百分值总和 = 7% + 2% + 10% + 3% + 3% + 5% + 0% = 30%" in told
    assert "罚款金额 = 30% × 100万元 = 30万元" in told
    assert "《中华人民共和国水污染防治法》第八十三条第二项" in told
    assert "超标3倍以下或超量30%以下 5% 已查明" in told


def test_every_factor_is_asked_with_unknown_first(ask, browser_of):
    page = browser_of("执法人员").get("/discretion/2.7/").content.decode()
    assert page.count("未查明（按最低档次计）") == 6
    assert len(re.findall(r'<input type="radio" name="f0" value=""[^>]* checked', page)) == 1
    assert "2个（2%）" in page


def test_what_was_not_found_out_is_said(ask):
    told = ask("2.7", **OLD)
    assert told.count("未查明，按最低档次") == 6
    assert "100,000.00 元" in told
    assert "减轻处罚须另有法定情形" in told


def test_a_table_of_a_repealed_law_is_refused_and_leads_to_the_code(ask, browser_of):
    told = ask("2.7", ended="2026-08-15", decided="2026-11-01")
    assert "不能按此计算" in told
    assert "已自2026-08-15废止" in told
    page = browser_of("执法人员").get("/discretion/2.7/?ended=2026-08-15&decided=2026-11-01")
    assert b'href="/discretion/PW08/"' in page.content


def test_tables_to_be_compared_with_print_say_so_before_and_after(ask):
    assert "check_pdf" in ask("1.8")
    assert "check_pdf" in ask("1.8", **OLD)


def test_a_band_table_asks_how_grave_and_keeps_to_the_range(ask):
    assert "30,000.00 元" in ask("2.1", **OLD)
    heavy = ask("2.1", **OLD, severity="heavy")
    assert "未能得出单一数额" in heavy
    assert "3万元以上4万元以下" in heavy


def test_what_a_formula_multiplies_is_asked_for(ask):
    assert "请填写“建设项目总投资额”" in ask("1.1", **OLD)
    assert "100,000.00 元" in ask("1.1", **OLD, b0="10000000")


def test_a_law_that_is_not_packaged_asks_for_its_range(ask):
    assert "请按法条核对" in ask("2.13", **OLD)
    assert "（承办人填写）" in ask("2.13", **OLD, law_low="100000", law_high="1000000")


def test_persons_responsible(ask):
    told = ask("4.26", **OLD, person="on")
    assert "100,000.00 元" in told
    assert "计算对象 个人" in told


def test_a_city_s_rule_is_chosen_and_an_unknown_one_refused(ask):
    assert "330,000.00 元" in ask("2.7", **EXAMPLE, city="jiangmen", points="2")
    assert "调整办法待核实" in ask("2.7", **EXAMPLE, city="zhongshan", points="2")


def test_both_laws_stand_side_by_side(ask):
    told = ask("4.12", **(OLD | {"decided": "2026-11-01"}), beside="WF01-0")
    assert "新旧法比较" in told
    assert "适用生态环境法典" in told
    assert "10万元以上100万元以下" in told
    assert "5万元以上20万元以下" in told


def test_conduct_across_the_day_is_refused_by_the_table_and_compared_all_the_same(ask):
    told = ask("2.7", began="2026-05-01", ended="2026-09-01", decided="2026-11-01", beside="PW08-0")
    assert "不能按此计算" in told
    assert "第八条第二款" in told
    assert "待核实" in told


def test_the_code_s_page_gives_the_range_and_lends_factors(ask):
    told = ask("HP07", ended="2026-09-01", decided="2026-11-01")
    assert "5万元以上50万元以下" in told
    assert "待核实：表 1.7" not in told
    lent = ask("HP07", ended="2026-09-01", decided="2026-11-01", factor_set="1.7")
    assert "待核实：表 1.7 按旧法制定" in lent
    assert "100,000.00 元" in lent


def test_before_a_table_is_chosen_the_page_says_where_its_factors_will_stand(ask):
    assert "选定裁量表并点“列出裁量因素”后在此填写" in ask("HP07")
    assert "列出裁量因素" not in ask("2.7"), "a provincial table asks its own at once"


def test_the_enter_key_reckons(browser_of):
    html = browser_of("执法人员").get("/discretion/HP07/").content.decode()
    buttons = re.findall(
        r'<button[^>]*type="submit"[^>]*>([^<]*)<', html.split("reckoning-form")[1]
    )
    assert buttons == ["计算", "列出裁量因素"], "the first one is pressed by Enter"


def test_factors_are_listed_before_any_day_is_given_and_keep_what_was_typed(ask, browser_of):
    given = {"began": "2026-08-20", "ended": "", "decided": "2026-11-01", "factor_set": "1.7"}
    told = ask("HP07", **given, factors="show")
    assert "未查明的因素按最低档次计算" in told
    assert "未查明（按最低档次计）" in told
    assert "请填写违法行为日期" not in told, "not yet asked to reckon"
    page = browser_of("执法人员").get(f"/discretion/HP07/?{urlencode(given)}&factors=show")
    html = page.content.decode()
    assert 'value="2026-08-20"' in html
    assert '<option value="1.7" selected>' in html
    assert "选定裁量表并点" not in html


@pytest.mark.parametrize("chosen", ["", "9.9", "<script>"])
def test_without_a_table_none_are_listed(ask, chosen):
    told = ask("HP07", factor_set=chosen, factors="show")
    assert "未查明（按最低档次计）" not in told
    assert "选定裁量表并点" in told


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ended": "gestern", "decided": "2026-07-01"}, "请更正后重新提交"),
        ({"ended": "", "decided": "2026-07-01"}, "请填写违法行为日期"),
        ({"ended": "2026-05-01", "decided": "2026-04-01"}, "早于违法行为日期"),
        (OLD | {"began": "2026-06-01"}, "开始日期不得晚于"),
        (OLD | {"f0": "99"}, "请更正后重新提交"),
        (OLD | {"f0": "<script>"}, "请更正后重新提交"),
    ],
)
def test_bad_input_is_told_with_what_to_mend(ask, given, words):
    assert words in ask("2.7", **given)


@pytest.mark.parametrize(
    ("case_id", "given", "words"),
    [
        ("2.13", {"law_low": "100000"}, "最低额与最高额请一并填写"),
        ("2.13", {"law_low": "2", "law_high": "1"}, "从低到高"),
        ("2.7", {"points": "2"}, "请选择适用的市级规定"),
        ("2.7", {"beside": "PW01-0"}, "请更正后重新提交"),
    ],
)
def test_what_goes_together_is_asked_together(ask, case_id, given, words):
    assert words in ask(case_id, **OLD, **given)


def test_answers_that_fit_no_row_are_told(ask):
    from zhihuan.bureau.discretion import table

    levels = [each.name for each in table("6.11").factor("涉案面积").levels]
    told = ask("6.11", **OLD, f0=0, f1=levels.index("15000平方米以上"))
    assert "组合" in told


@pytest.mark.parametrize("case_id", ["9.9", "..", "PW99", "2.7;"])
def test_what_is_no_case_type_is_not_found(browser_of, case_id):
    assert browser_of("执法人员").get(f"/discretion/{case_id}/").status_code == 404


@pytest.mark.parametrize("role", ["系统管理员", "企业用户", "大屏展示"])
def test_who_does_not_work_at_the_bureau_has_no_calculator(browser_of, role):
    browser = browser_of(role)
    assert browser.get("/discretion/").status_code == 403
    assert browser.get("/discretion/2.7/").status_code == 403


@pytest.mark.parametrize(
    "role", ["执法人员", "案件审查人员", "法制审核人员", "局领导", "档案管理员"]
)
def test_who_works_at_the_bureau_has(browser_of, role):
    browser = browser_of(role)
    assert browser.get("/discretion/2.7/").status_code == 200
    assert b'href="/discretion/"' in browser.get("/discretion/").content


def test_similar_cases_are_shown_where_somebody_registered_them(ask, monkeypatch):
    monkeypatch.setattr(similar, "_registered", [])
    assert "相近案件" not in ask("2.7", **OLD)

    def context(_request, case_id):
        return {"words": f"案由 {case_id}"} if case_id == "2.7" else None

    similar.register_similar("相近案件", "components/notice.html", lambda request, reckoning: (found := context(request, reckoning.case_id)) and {"kind": "note", "content": found["words"]})  # fmt: skip
    assert "相近案件" in (told := ask("2.7", **OLD))
    assert "案由 2.7" in told
    assert "相近案件" not in ask("2.7")
    assert "相近案件" not in ask("2.1", **OLD)


def test_a_reckoning_asks_the_database_nothing_but_the_frame(
    browser_of, django_assert_max_num_queries
):
    browser = browser_of("执法人员")
    browser.get("/discretion/2.7/")
    with django_assert_max_num_queries(14):
        browser.get(f"/discretion/2.7/?{urlencode(EXAMPLE)}")
