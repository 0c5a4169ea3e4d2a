"""Paths of the organisations there are; roles held as groups become grants."""

from django.db import migrations

_ROLES = {"值班员": "duty_officer", "执法人员": "field_officer", "管理员": "registrar"}


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    organisations = apps.get_model("people", "Organisation").objects.using(using)
    by_pk = {each.pk: each for each in organisations.all()}
    for each in by_pk.values():
        each.path = _path(each, by_pk)
        each.save(update_fields=["path"])
    _grant(apps, using, organisations)


def _path(each, by_pk):
    above = _path(by_pk[each.parent_id], by_pk) if each.parent_id else "/"
    return f"{above}{each.pk}/"


def _grant(apps, using, organisations):
    user_table = apps.get_model("people", "User").objects.using(using)
    grants = apps.get_model("people", "RoleGrant").objects.using(using)
    group_table = apps.get_model("auth", "Group").objects.using(using)
    for group, role in _ROLES.items():
        for user in user_table.filter(groups__name=group):
            place = user.organisation or organisations.filter(kind="bureau").first()
            if place is None:
                place = organisations.create(name="市生态环境局", kind="bureau")
                place.path = f"/{place.pk}/"
                place.save(update_fields=["path"])
            grants.create(user=user, role=role, organisation=place, reason="沿用原用户组")
    group_table.filter(name__in=_ROLES).delete()


class Migration(migrations.Migration):
    # Apart from the change of columns: PostgreSQL alters no table with rows still to be checked.
    dependencies = [("people", "0002_tree_and_grants")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
