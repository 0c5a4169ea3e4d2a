"""The permission matrix, whole: every role × every act × own organisation, own territory, elsewhere.

What is expected is reckoned here from the declarations and from what each kind of record hangs on; what
is so is asked of real rows through the scope and of real pages.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.test import Client

from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import DUTY_OFFICER, ROLES, Side
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry import models as registry
from zhihuan.bureau.vault.models import Content, Evidence, StoredFile
from zhihuan.bureau.webhooks.models import Subscription
from zhihuan.indicators.models import CountedAct
from zhihuan.lines.clues.models import Clue, Informant
from zhihuan.web.people.nouns import nouns as peoples_nouns
from zhihuan.web.registry.nouns import nouns as registry_nouns

OWN, TERRITORY, ELSEWHERE = PLACES = ("own organisation", "own territory", "elsewhere")

#: What each kind of record hangs on, as the law of the house says, not as the models do.
BOTH, TOWN, BODY, NEITHER = {"town", "body"}, {"town"}, {"body"}, set[str]()
HANGS_ON: dict[str, set[str]] = {
    "enterprise": BOTH, "contact": BOTH, "site": BOTH, "permit": BOTH, "monitoringpoint": BOTH,
    "device": BOTH, "section": TOWN, "constructionsite": BOTH, "vehicle": BODY,
    "devicecommand": BOTH, "user": BODY, "organisation": BODY, "rolegrant": BODY,
    "enforcementcertificate": BODY, "auditentry": NEITHER,
    "subscription": NEITHER, "evidence": BOTH,
    "episode": BOTH, "informant": BOTH, "countedact": BOTH, "partyidentity": BOTH,
}  # fmt: skip
#: Acts that are called by another word than the record they are done to.
DONE_TO = {"people.grant_role": "rolegrant", "people.delegate_role": "rolegrant",
           "identities.view_identity": "partyidentity"}  # fmt: skip


@dataclass
class World:
    """For somebody at ``place``: one record of every kind in each of the three places."""

    place: Organisation
    rows: dict[str, dict[str, Any]]


def build(place: Organisation, home: str, away: str) -> World:
    """``home``: the town of the place. What is its own lies away, so that only belonging counts."""
    own = _firm("OWN", away, parent=place)
    bodies = {OWN: own, TERRITORY: _firm("NEAR", home), ELSEWHERE: _firm("FAR", away)}
    rows: dict[str, dict[str, Any]] = {name: {} for name in HANGS_ON}
    for where, firm in bodies.items():
        found = [*_registered(firm), *_people(firm, where, place), _evidence(firm)]
        by_kind = {row._meta.model_name: row for row in found}
        found += [
            _episode(by_kind["monitoringpoint"]),
            _informant(firm, by_kind["user"]),
            _act(firm),
            _identity(firm),
        ]
        for row in found:
            rows[row._meta.model_name][where] = row
    return World(place, rows)


def _firm(code: str, town: str, parent: Any = None) -> registry.Enterprise:
    return registry.Enterprise.objects.create(
        code=code, name=code, kind="enterprise", no_code_reason="模拟", parent=parent,
        town=find_town(town), synthetic=True,
    )  # fmt: skip


def _registered(firm: registry.Enterprise) -> list[Any]:
    town, code = firm.town, firm.code
    site = registry.Site.objects.create(code=f"S-{code}", name="厂区", enterprise=firm, town=town)
    point = registry.MonitoringPoint.objects.create(
        code=f"P-{code}", name="总排口", kind="wastewater", site=site, town=town, lon=113.4,
        lat=22.6, synthetic=True,
    )  # fmt: skip
    device = registry.Device.objects.create(
        mn=f"MN{code:0>22}", point=point, version=1, system_type="32", password="123456",
        placed=dt.date(2024, 1, 1),
    )  # fmt: skip
    river = registry.River.objects.create(code=f"R-{code}", name="河")
    return [
        firm,
        site,
        point,
        device,
        registry.Contact.objects.create(enterprise=firm, name="张三", phone="13800000000"),
        registry.Permit.objects.create(
            enterprise=firm, number=f"PERMIT-{code}", valid_from=dt.date(2024, 1, 1)
        ),
        registry.Section.objects.create(code=f"D-{code}", name="断面", river=river, town=town),
        registry.ConstructionSite.objects.create(
            code=f"C-{code}", name="工地", town=town, contractor=firm
        ),
        registry.Vehicle.objects.create(plate=f"粤T{code}", owner=firm),
        DeviceCommand.objects.create(
            device=device, mn=device.mn, code="1011", reason="核对",
            expires_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
        ),
    ]  # fmt: skip


def _act(firm: registry.Enterprise) -> CountedAct:
    at = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    fields = {"procedure": "penalty_case", "party_id": firm.pk, "town": firm.town}
    matter = Matter.objects.create(title=firm.code, edition="2023", state="filed", **fields)
    event = MatterEvent.objects.create(
        matter=matter, number=1, at=at, step="file", source="", target="filed", digest=b"0"
    )
    return CountedAct.objects.create(
        acts="case_filed", matter=matter, event=event, day=at.date(), **fields
    )


def _episode(point: registry.MonitoringPoint) -> Episode:
    hour = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    return Episode.objects.create(
        point=point, factor="w01018", span="hour", first_at=hour, end_at=hour + dt.timedelta(hours=1),
        periods=1, standing=1, worst_at=hour, worst_value=66.6, excess=16.6, limit_words="≤ 50",
        basis="模拟", derivation={}, stage="explaining",
    )  # fmt: skip


def _informant(firm: registry.Enterprise, user: User) -> Informant:
    clue = Clue.objects.create(
        procedure="clue", edition="1", state="judging", title="线索", party=firm, town=firm.town
    )
    return Informant.objects.create(clue=clue, added_by=user)


def _identity(firm: registry.Enterprise) -> PartyIdentity:
    case = Matter.objects.create(
        procedure="trial", edition="1", state="open", title="案件", party=firm, town=firm.town
    )
    return PartyIdentity.objects.create(matter=case, party_kind="individual", name="经营者")


def _evidence(firm: registry.Enterprise) -> Evidence:
    """Of a matter about the firm."""
    matter = Matter.objects.create(
        procedure="trial", edition="1", state="open", title="事项", party=firm, town=firm.town
    )
    content = Content.objects.create(
        sha256=hashlib.sha256(firm.code.encode()).hexdigest(), sm3="0" * 64, size_bytes=1,
        kind="txt",
    )  # fmt: skip
    file = StoredFile.objects.create(content=content, name="记录.txt")
    return Evidence.objects.create(
        matter=matter, number=1, file=file, kind="documentary", title="记录", obtained="taken"
    )


def _people(firm: Organisation, where: str, place: Organisation) -> list[Any]:
    """People of the place itself (or below it), and of two other bodies."""
    body = Organisation.objects.create(
        name=f"科-{firm.code}", kind="section" if place.is_inside else "other",
        parent=place if where == OWN else None,
    )  # fmt: skip
    user = User.objects.create(username=f"user-{firm.code}", organisation=body)
    return [
        body,
        user,
        RoleGrant.objects.create(user=user, role=DUTY_OFFICER, organisation=body),
        EnforcementCertificate.objects.create(
            user=user, number=f"N-{firm.code}", issued=dt.date(2024, 1, 1),
            expires=dt.date(2034, 1, 1),
        ),
        AuditEntry.objects.create(action="role.grant", subject=f"account:{user.username}"),
        Subscription.objects.create(owner=user, name="推送", url="https://example.com/", kinds=[]),
    ]  # fmt: skip


@pytest.fixture
def branch(db: None) -> Organisation:
    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    found = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    found.towns.set([find_town("三角镇")])
    return found


def world_of(role: Any, branch: Organisation) -> World:
    """Insiders stand at a branch with one town; outsiders at an enterprise in that town."""
    outside = role.side is Side.OUTSIDE
    place = _firm("BASE", "三角镇") if outside else branch
    return build(place, "三角镇", "小榄镇")


def expected(reach: Reach | None, hangs_on: set[str]) -> set[str]:
    """The places that a reach opens."""
    if reach is None:
        return set()
    if reach is Reach.CITY:
        return set(PLACES)
    own = {OWN} if "body" in hangs_on else set()
    near = {TERRITORY} if reach is Reach.TERRITORY and "town" in hangs_on else set()
    return own | near


def record_of(permission: str) -> str | None:
    """The kind of record an act is done to; None for one that is done to none."""
    if permission in DONE_TO:
        return DONE_TO[permission]
    name = permission.rpartition("_")[2]
    return name if name in HANGS_ON else None


ROLE = pytest.mark.parametrize("role", list(ROLES.values()), ids=list(ROLES))


@ROLE
def test_every_act_reaches_exactly_the_rows_that_its_declaration_says(role, branch, person):
    world = world_of(role, branch)
    user = person(role.code, name="holder", at=world.place)
    wrong = []
    for permission, action in declared_actions().items():
        reach, kind = action.roles.get(role.code), record_of(permission)
        scope = scope_of(user, permission)
        if bool(scope) is not (reach is not None) or user.has_perm(permission) is not bool(scope):
            wrong.append((permission, "the door"))
        if kind is None:
            continue
        rows = world.rows[kind]
        within = scope.filter(
            type(rows[OWN])._default_manager.filter(pk__in=[r.pk for r in rows.values()])
        )
        found = {where for where, row in rows.items() if row in set(within)}
        if found != expected(reach, HANGS_ON[kind]):
            wrong.append((permission, found))
    assert wrong == []


@pytest.mark.parametrize(
    "role",
    [role for role in ROLES.values() if role.side is not Side.OUTSIDE],
    ids=lambda role: role.code,
)
def test_the_bureau_itself_reaches_the_city_where_a_branch_reaches_its_towns(role, branch, person):
    user = person(role.code, name="holder", at=branch.parent)
    for permission, action in declared_actions().items():
        reach = action.roles.get(role.code)
        unbounded = reach in {Reach.CITY, Reach.TERRITORY}
        assert scope_of(user, permission).city is unbounded, permission


@ROLE
def test_every_page_opens_exactly_where_its_act_reaches(role, branch, person, platform_store):
    world = world_of(role, branch)
    browser = Client()
    browser.force_login(person(role.code, name="holder", at=world.place))
    wrong = []
    for noun in (*registry_nouns().values(), *peoples_nouns().values()):
        kind = noun.model._meta.model_name
        if noun.facts is None or kind not in HANGS_ON:
            continue
        for where, row in world.rows[kind].items():
            if (
                kind == "organisation"
                or noun.narrow(noun.model._default_manager.filter(pk=row.pk)).exists()
            ):
                wrong += _wrong(browser, role, noun, row, where)
    assert wrong == []


def _wrong(browser: Client, role: Any, noun: Any, row: Any, where: str) -> list[Any]:
    """Statuses that differ: 403 without the right, 404 beyond its reach."""
    actions, hangs_on = declared_actions(), HANGS_ON[noun.model._meta.model_name]
    view = actions[noun.view].roles.get(role.code)
    seen = 200 if where in expected(view, hangs_on) else 404
    asked = [(noun.url_of(row), 403 if view is None else seen)]
    if noun.change and view is not None:
        change = expected(actions[noun.change].roles.get(role.code), hangs_on)
        asked.append(
            (noun.edit_url_of(row), seen if seen == 404 else 200 if where in change else 403)
        )
    got = [(url, browser.get(url).status_code, wanted) for url, wanted in asked]
    return [(url, where, status, wanted) for url, status, wanted in got if status != wanted]


def test_no_kind_of_record_is_left_out():
    """An act on a record that this test does not build would go untested."""
    kinds = {model._meta.model_name for model in apps.get_models()}
    # steps of matters: tests/bureau/matters/test_every_procedure.py takes each at each place
    acts = [each for each in declared_actions() if not each.startswith("matters.")]
    asked = {permission.rpartition("_")[2] for permission in acts}
    # these hang on nothing; city alone by declaration, see below
    untested = {"quarantinedframe", "refusedfile"}
    assert (asked & kinds) - set(HANGS_ON) == untested
    told = [a for p, a in declared_actions().items() if p.rpartition("_")[2] in untested]
    assert {reach for act in told for reach in act.roles.values()} == {Reach.CITY}


# ---- the page and the file --------------------------------------------------------------------


@pytest.fixture
def reader(person):
    browser = Client()
    browser.force_login(person("audit_administrator", name="reader"))
    return browser


def declared_words() -> dict[str, list[str]]:
    """Act → reach of each role in words, in the order of the roles."""
    return {
        str(action.text): [
            str(action.roles[code].text) if code in action.roles else "" for code in ROLES
        ]
        for action in declared_actions().values()
    }


def test_the_page_says_what_is_declared_cell_by_cell(reader):
    table = reader.get("/people/matrix/").context["table"]
    first = len(table.headings) - 2 - len(ROLES)  # kept apart from, audited each time
    assert [str(h.title) for h in table.headings[first:-2]] == [str(r.name) for r in ROLES.values()]
    shown = {
        row.cells[0].shown: ["" if c.shown == "—" else c.shown for c in row.cells[first:-2]]
        for row in table.rows
    }
    assert shown == declared_words()


def test_so_does_the_file_and_taking_it_is_written_down(reader):
    response = reader.get("/people/matrix/?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).worksheets[0]
    head, *lines = list(sheet.iter_rows(values_only=True))
    assert list(head[3:-2]) == [str(role.name) for role in ROLES.values()]
    assert {line[0]: [cell or "" for cell in line[3:-2]] for line in lines} == declared_words()
    assert {line[2] for line in lines} == set(declared_actions())
    entry = AuditEntry.objects.get(action="list.export")
    assert (entry.subject, entry.detail["rows"]) == ("list:permission-matrix", len(lines))


def test_both_say_from_whom_a_step_is_kept_apart(reader):
    table = reader.get("/people/matrix/").context["table"]
    (told,) = [row.cells[-2].shown for row in table.rows if "作出处罚决定" in row.cells[0].shown]
    for words in (
        "提请立案",
        "审核通过，送告知",
        "关联的现场检查：到场亮证",
        "依据：行政处罚法 §§57、58",
    ):
        assert words in told
    response = reader.get("/people/matrix/?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).worksheets[0]
    lines = {line[2]: line[-2] for line in sheet.iter_rows(values_only=True)}
    assert lines["matters.penalty_case_decide"] == told
    assert not lines["matters.penalty_case_register"]


def test_the_matrix_asks_no_query_of_its_own(reader, django_assert_max_num_queries):
    reader.get("/people/matrix/")
    with django_assert_max_num_queries(6):  # session, user, rights, shell
        reader.get("/people/matrix/")
