"""Which role may do what, as one table, kept in the database as Django groups.

A role always holds at least the permissions declared here; local differences belong in groups of
their own, which this module never touches. It refuses to invent permissions: each is declared by
the model it guards.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

DUTY_OFFICER = "值班员"
FIELD_OFFICER = "执法人员"
ADMINISTRATOR = "管理员"

_READING = (
    "registry.view_site",
    "registry.view_monitoringpoint",
    "registry.view_device",
    "acquisition.view_quarantinedframe",
    "acquisition.view_devicecommand",
)
_ORDERING = ("acquisition.order_devicecommand", "acquisition.replay_quarantinedframe")
_REGISTERING = tuple(
    f"registry.{verb}_{model}"
    for model in ("site", "monitoringpoint", "device", "pointfactor", "pointlimit", "factoralias")
    for verb in ("add", "change", "delete", "view")
)
_ADMINISTERING = (
    "people.view_user",
    "people.add_user",
    "people.change_user",
    "audit.view_auditentry",
    "acquisition.order_sensitive_devicecommand",
)

ROLES: dict[str, tuple[str, ...]] = {
    DUTY_OFFICER: _READING + _ORDERING,
    FIELD_OFFICER: _READING,
    ADMINISTRATOR: _READING + _ORDERING + _REGISTERING + _ADMINISTERING,
}


def sync_roles(using: str = "default") -> None:
    """Create the declared groups and grant what they lack, of the permissions that exist so far."""
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for name, permissions in ROLES.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*[known[code] for code in permissions if code in known])
