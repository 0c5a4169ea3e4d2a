"""The roles of those who review cases join the choices; no column changes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_wall_displays")]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                max_length=40,
                verbose_name="角色",
                choices=[
                    ("duty_officer", "值班员"),
                    ("field_officer", "执法人员"),
                    ("case_reviewer", "案件审查人员"),
                    ("legal_reviewer", "法制审核人员"),
                    ("registrar", "档案管理员"),
                    ("section_head", "科室（分局）负责人"),
                    ("leader", "局领导"),
                    ("wall_display", "大屏展示"),
                    ("enterprise_user", "企业用户"),
                    ("agency_user", "检测机构用户"),
                    ("carrier_user", "运输处置单位用户"),
                    ("system_administrator", "系统管理员"),
                    ("security_administrator", "安全管理员"),
                    ("audit_administrator", "审计管理员"),
                ],
            ),
        )
    ]
