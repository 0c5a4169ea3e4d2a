"""A party that is a natural person, or runs an individual business: entered, checked, sealed, printed where the law wants it."""

from __future__ import annotations

import json

import pytest
from case_walk import CODE_LAW, FOUND, WHY, Walk, refused
from django.db import connection

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.documents.docx.reading import text_of_document
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.making import made_again, preview
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.publication import copy_for_public
from zhihuan.bureau.identities.known import identity_of
from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter
from zhihuan.bureau.matters.models import Matter, MatterEvent

NUMBER, MASK = "449900199001010017", "4499**********0017"
OTHER = "449900199001010025"
STREET = "广东省中山市三角镇模拟路 2 号"
PERSON = {
    "party_kind": "person", "id_name": "王小二", "id_document": "resident_card", "id_number": NUMBER, "id_address": STREET,
}  # fmt: skip
NOT_YET = {"party_kind": "person", "id_name": "王小二"}


def of_nobody_registered(cast, code="penalty_case"):
    from case_walk import nine

    about = {"title": "露天焚烧案", "town": cast.town}
    return Walk(cast, open_matter(code, Acting(cast.officer, at=nine(FOUND)), **about))


@pytest.fixture
def case(cast):
    """A case about a natural person who stands in no register."""
    return of_nobody_registered(cast)


def to_decision(case, **register):
    return (
        case.to_filed(**register)
        .to_review(proposed_fine="4000")
        .to_notice(notified_fine="4000")
        .to_decision()
    )


DECIDE = {"fine": "4000"}


# ---- where it is entered ----


def test_the_decision_names_the_person_by_the_document(case):
    to_decision(case, **PERSON).go("decide", "2026-09-18", **DECIDE)
    for code in ("notice", "decision"):
        text = case.text_of(code)
        assert f"身份证件：居民身份证　证件号码：{NUMBER}" in text
        assert f"住址：{STREET}" in text
        assert "王小二：" in text
        assert "统一社会信用代码" not in text
    assert case.kept().party_name == "王小二"
    assert case.kept().is_person


def test_internal_papers_have_the_mask(case):
    to_decision(case, **PERSON)
    text = case.text_of("investigation_report")
    assert MASK in text
    assert NUMBER not in text
    assert "模拟路" not in text


def test_an_interview_names_the_party_alone_by_the_document(case):
    case.go("register", FOUND, **PERSON)
    asked = {
        "asked_at": "2026-08-31T10:00", "place": "现场", "duty": "本人", "identity_shown": "on", "answers": "问：…答：…",
    }  # fmt: skip
    case.go("question", FOUND, person="王小二", **asked)
    assert NUMBER in case.text_of("inquiry_record")
    case.go("question", FOUND, person="李邻居", **asked)
    assert NUMBER not in case.text_of("inquiry_record")


def test_of_an_individual_business_the_operator_is_named_beside_the_code(walk):
    told = PERSON | {"party_kind": "individual", "id_address": ""}
    to_decision(walk, **told).go("decide", "2026-09-18", **DECIDE)
    text = walk.text_of("decision")
    assert "统一社会信用代码：无" in text
    assert f"经营者：王小二　身份证件：居民身份证　证件号码：{NUMBER}" in text
    assert walk.kept().party_name == "中山某印染有限公司"


def test_a_body_is_named_as_before_and_leaves_no_row(walk):
    to_decision(walk)
    assert "统一社会信用代码：无" in walk.text_of("notice")
    assert not PartyIdentity.objects.exists()


def test_a_penalty_on_the_spot_names_the_person_too(cast):
    spot = of_nobody_registered(cast, "simple_case")
    told = {
        "source": "check", "found_on": FOUND, "act_until": FOUND, "case_type": "露天焚烧", "place": "村口",
        "identity_shown": "on", "facts": "焚烧秸秆。", "law_broken": CODE_LAW, "law_penalty": CODE_LAW, "defence": "无",
        "kinds": ["fine"], "fine": "200", "received_by": "王小二",
    }  # fmt: skip
    assert "须填写" in refused(spot, "punish", FOUND, **told | NOT_YET)
    spot.go("punish", FOUND, **told | PERSON)
    assert f"证件号码：{NUMBER}" in spot.text_of("decision")
    assert "王小二" in spot.text_of("decision")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"id_number": "449900199001010018"}, "校验码不符"),
        ({"id_number": "449900900101001"}, "18 位"),
        ({"id_document": "passport", "id_number": "E-1"}, "护照号码应为"),
        ({"id_document": ""}, "须填写"),
        ({"id_name": ""}, "须填写"),
        ({"party_kind": "entity"}, "不登记个人证件"),
        ({"party_kind": "", "is_person": "on", "id_name": "", "id_document": "", "id_number": "", "id_address": ""}, "请选择当事人类别"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_kept(case, said, words):
    told = refused(case, "register", FOUND, **PERSON | said)
    assert words in told
    assert NUMBER not in told
    assert not PartyIdentity.objects.exists()


@pytest.mark.parametrize(
    ("document", "number"),
    [
        ("resident_card", " 4499 0019 9001 01 0017 "),
        ("residence_permit", "810000199408230021"),
        ("hong_kong_macao", "h12345678"),
        ("taiwan", "12345678"),
        ("passport", "E12345678"),
        ("permanent_resident", "usa110101900101"),
        ("other", "军字第1234567号"),
    ],
)
def test_every_kind_of_document_is_taken_as_it_is_written(case, document, number):
    case.go("register", FOUND, **PERSON | {"id_document": document, "id_number": number})
    kept = identity_of(case.matter)
    assert kept.number == "".join(number.split()).upper()
    assert kept.number not in kept.shown_number


@pytest.mark.parametrize(("code", "kind", "words"), [
    ("92442000MA00000003", "entity", "个体工商户"), ("91442000MA00000003", "person", "不是自然人"),
])  # fmt: skip
def test_the_credit_code_tells_what_a_party_is_not(walk, code, kind, words):
    type(walk.cast.firm).objects.filter(pk=walk.cast.firm.pk).update(credit_code=code)
    walk.matter = walk.kept()
    told = PERSON if kind == "person" else {"party_kind": kind}
    assert words in refused(walk, "register", FOUND, **told)


# ---- where it lies ----


def stored() -> str:
    """All that the database holds of matters, identities, documents and the audit trail."""
    with connection.cursor() as cursor:
        found = []
        for table in ("identities_partyidentity", "matters_matterevent", "documents_matterdocument", "audit_auditentry",
                      "enforcement_penaltycase", "search_entry", "search_code"):  # fmt: skip
            cursor.execute(f"SELECT * FROM {table}")
            found.append(str(cursor.fetchall()))
    return "".join(found)


def test_the_database_never_has_it_in_clear(case):
    to_decision(case, **PERSON).go("decide", "2026-09-18", **DECIDE)
    text = stored()
    assert NUMBER not in text
    assert "模拟路" not in text
    assert MASK in text
    said = MatterEvent.objects.get(step="register").said
    assert said["id_number"] == MASK
    assert said["id_address"] == "广东省中山市三角镇****"
    assert NUMBER not in json.dumps(list(AuditEntry.objects.values_list("subject", "detail")))


def test_a_document_is_made_again_from_facts_that_are_sealed(case):
    to_decision(case, **PERSON)
    notice = MatterDocument.objects.get(code="notice")
    assert NUMBER not in json.dumps(notice.facts)
    assert made_again(notice) == read(notice.digest)


def test_a_preview_has_the_mask(case):
    to_decision(case, **PERSON)
    from case_walk import SAID, nine

    step = case.procedure.step("decide")
    acting = Acting(case.cast.leader, at=nine("2026-09-18"))
    said = Said(SAID["decide"] | DECIDE)
    text = text_of_document(preview(case.matter, step, step.documents[0], acting, said))
    assert MASK in text
    assert NUMBER not in text


def test_a_published_copy_has_neither_number_nor_name_nor_street(case):
    to_decision(case, **PERSON).go("decide", "2026-09-18", **DECIDE)
    decision = MatterDocument.objects.get(code="decision")
    text = text_of_document(copy_for_public(decision).data)
    assert "证件号码：****" in text
    assert "王某" in text
    for secret in (NUMBER, MASK, "王小二", "模拟路"):
        assert secret not in text


def test_nothing_is_published_once_the_key_is_gone(case, settings):
    from cryptography.fernet import Fernet

    to_decision(case, **PERSON).go("decide", "2026-09-18", **DECIDE)
    settings.ZHIHUAN_SEALING_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(DocumentError, match="sealing key"):
        copy_for_public(MatterDocument.objects.get(code="decision"))


# ---- what may come later ----


def test_no_decision_against_a_person_whom_nobody_identified(case):
    to_decision(case, **NOT_YET)
    assert "未登记" in case.text_of("notice")
    assert "登记当事人身份" in refused(case, "decide", "2026-09-18", **DECIDE)
    case.go("identify", "2026-09-18", **PERSON, why="补充")
    case.go("decide", "2026-09-18", **DECIDE)
    assert NUMBER in case.text_of("decision")


def test_a_matter_of_before_is_identified_where_it_stands(case):
    """Its form asked for no document: only that the party is a person stood there."""
    case.to_filed()
    type(case.kept()).objects.filter(pk=case.matter.pk).update(is_person=True)
    case.to_review(proposed_fine="4000").to_notice(notified_fine="4000").to_decision()
    assert "登记当事人身份" in refused(case, "decide", "2026-09-18", **DECIDE)
    case.go("identify", "2026-09-18", **PERSON)
    case.go("decide", "2026-09-18", **DECIDE)
    assert f"证件号码：{NUMBER}" in case.text_of("decision")


def test_a_wrong_number_is_put_right_with_its_reason_and_the_papers_of_before_are_found(case):
    to_decision(case, **PERSON)
    right = PERSON | {"id_number": OTHER}
    assert "原因" in refused(case, "identify", "2026-09-18", **right)
    case.go("identify", "2026-09-18", **right, why="抄录有误")
    assert identity_of(case.matter).number == OTHER
    found = [each for each in findings_of(case.kept()) if each.rule == "identity_differs"]
    assert [each.where[:5] for each in found] == ["行政处罚事"]
    assert MASK in found[0].what
    assert NUMBER not in found[0].what


def test_a_file_without_the_number_is_found(case):
    to_decision(case, **NOT_YET)
    assert "identity_missing" in {each.rule for each in findings_of(case.kept())}


def test_a_sound_file_of_a_person_has_no_finding_of_identity_or_code(case):
    to_decision(case, **PERSON)
    rules = {each.rule for each in findings_of(case.kept())}
    assert not rules & {"identity_missing", "identity_differs", "identity_wrong", "credit_code"}


def test_a_number_with_a_wrong_check_character_in_a_paper_is_found_and_not_quoted(case):
    wrong = "110105194912310021"
    to_decision(case, **PERSON, what=f"群众反映李四（身份证号 {wrong}）焚烧")
    found = [each for each in findings_of(case.kept()) if wrong in str(each)]
    assert found == []
    assert "identity_wrong" in {each.rule for each in findings_of(case.kept())}


def test_a_case_that_grows_out_of_another_knows_who_it_is_about(cast):
    from zhihuan.web.matters.growing import opened_from

    spot = of_nobody_registered(cast, "simple_case")
    PartyIdentity.objects.create(
        matter=spot.matter, party_kind="person", name="王小二", document="passport"
    )
    Matter.objects.filter(pk=spot.matter.pk).update(party_name="王小二")
    spot.go("to_ordinary", FOUND, **WHY)
    origin = Matter.objects.get(pk=spot.matter.pk)
    grown = opened_from(
        origin, "penalty_case", Acting(cast.officer), title="露天焚烧案", town=cast.town
    )
    assert grown.party_name == "王小二"
    assert identity_of(grown).document == "passport"


def test_the_party_may_be_put_right_to_a_body(case):
    case.go("register", FOUND, **PERSON)
    case.go("identify", FOUND, party_kind="entity", why="实为企业")
    assert identity_of(case.matter) is None
    assert not case.kept().is_person
