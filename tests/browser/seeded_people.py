"""Fills ZHIHUAN_HOME with one account for each way of signing in. Run by the browser tests as a program.

Each test uses an account of its own, so that none depends on what another left behind.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhihuan.web import start

PASSWORD = "a-Browser-test-only-1"


@dataclass(frozen=True)
class Account:
    """One account: its name, what it is, and what it owes."""

    username: str
    display_name: str
    role: str = "duty_officer"
    unified_id: str = ""
    first_password: bool = False
    may_use_password: bool = True


ACCOUNTS = (
    Account("plain", "陈平"),
    Account("typist", "何键"),
    Account("guessed", "林锁"),
    Account("fresh", "黄新", first_password=True),
    Account("twice", "梁双"),
    Account("app-admin", "吴应用", "system_administrator"),
    Account("key-admin", "周密钥", "security_administrator"),
    Account("scriptless", "郑无脚本", "audit_administrator"),
    Account("reader", "罗审计", "audit_administrator"),
    Account("unified", "李统一", unified_id="city-0001", may_use_password=False),
)


def main() -> None:
    start.set_up()
    from django.conf import settings
    from django.core.management import call_command

    from zhihuan.bureau.people.models import Organisation
    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau", synthetic=True)
    for account in ACCOUNTS:
        add(account, bureau)
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()


def add(account: Account, bureau: object) -> None:
    from zhihuan.bureau.people.models import RoleGrant, User

    user = User.objects.create_user(
        account.username,
        password=PASSWORD if account.may_use_password else None,
        display_name=account.display_name,
        organisation=bureau,
        unified_id=account.unified_id,
        must_change_password=account.first_password,
    )
    RoleGrant.objects.create(user=user, role=account.role, organisation=bureau)


if __name__ == "__main__":
    main()
