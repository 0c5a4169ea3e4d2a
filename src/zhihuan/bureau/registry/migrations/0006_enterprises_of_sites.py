"""Sites that named an industry or a credit code belong to an enterprise of their own from now on."""

from django.db import migrations

from zhihuan.bureau.registry.industries import industries


def found(apps, schema_editor):
    using = schema_editor.connection.alias
    codes = {industry.name: industry.code for industry in industries().values()}
    site_table = apps.get_model("registry", "Site").objects.using(using)
    enterprise_table = apps.get_model("registry", "Enterprise").objects.using(using)
    for site in site_table.exclude(industry="", credit_code=""):
        enterprise = enterprise_table.create(
            code=site.code,
            name=site.name,
            kind="enterprise",
            credit_code=site.credit_code,
            no_code_reason="" if site.credit_code else "登记时未填写",
            industry=codes.get(site.industry, ""),
            town_id=site.town_id,
            address=site.address,
            synthetic=site.synthetic,
        )
        enterprise.path = f"/{enterprise.pk}/"
        enterprise.save(update_fields=["path"])
        site.enterprise = enterprise
        site.save(update_fields=["enterprise"])


class Migration(migrations.Migration):
    # Public stations named their kind as an industry: those without a discharge stay without one.
    dependencies = [("registry", "0005_enterprises")]
    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
