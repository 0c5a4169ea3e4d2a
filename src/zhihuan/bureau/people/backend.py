"""Answers Django's ``user.has_perm`` from the role grants, so that templates and views agree."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend

from zhihuan.bureau.people.read_along import signed_in_account
from zhihuan.bureau.people.scope import may


class RoleBackend(ModelBackend):
    """Signs in by password as Django does; permissions come from grants alone.

    A locked account is treated as a disabled one: not let in, and out of its sessions at once.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user.may_sign_in)

    def get_user(self, user_id: Any) -> Any:
        found = signed_in_account(int(user_id))
        return found if found is not None and self.user_can_authenticate(found) else None

    async def aget_user(self, user_id: Any) -> Any:
        return await sync_to_async(self.get_user)(user_id)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return may(user_obj, perm, obj)

    async def ahas_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return await sync_to_async(may)(user_obj, perm, obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        from zhihuan.bureau.people.actions import declared_actions

        return {code for code in declared_actions() if may(user_obj, code, obj)}

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(code.startswith(f"{app_label}.") for code in self.get_all_permissions(user_obj))
