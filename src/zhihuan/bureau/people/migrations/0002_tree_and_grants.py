import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnforcementCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="执法证号")),
                ("issued", models.DateField(verbose_name="发证日期")),
                ("expires", models.DateField(verbose_name="有效期至")),
            ],
            options={
                "verbose_name": "执法证",
                "verbose_name_plural": "执法证",
                "ordering": ["-expires"],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("duty_officer", "值班员"),
                            ("field_officer", "执法人员"),
                            ("registrar", "档案管理员"),
                            ("section_head", "科室（分局）负责人"),
                            ("leader", "局领导"),
                            ("enterprise_user", "企业用户"),
                            ("agency_user", "检测机构用户"),
                            ("carrier_user", "运输处置单位用户"),
                            ("system_administrator", "系统管理员"),
                            ("security_administrator", "安全管理员"),
                            ("audit_administrator", "审计管理员"),
                        ],
                        max_length=40,
                        verbose_name="角色",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="自"),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="至")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                (
                    "granted_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="授权时间"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回时间"),
                ),
            ],
            options={
                "verbose_name": "授权",
                "verbose_name_plural": "授权",
                "ordering": ["-id"],
                "permissions": [
                    ("grant_role", "授予与收回角色"),
                    ("delegate_role", "委托他人代理"),
                ],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="credit_code",
            field=models.CharField(
                blank=True,
                max_length=18,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$",
                        "统一社会信用代码为 18 位数字或大写字母（不含 I、O、S、V、Z），第 3–8 位为数字",
                    )
                ],
                verbose_name="统一社会信用代码",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="path",
            field=models.CharField(
                db_index=True, default="", editable=False, max_length=255, verbose_name="机构路径"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="synthetic",
            field=models.BooleanField(default=False, verbose_name="模拟数据"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="towns",
            field=models.ManyToManyField(
                blank=True, related_name="organisations", to="places.town", verbose_name="辖区"
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("bureau", "市生态环境局"),
                    ("section", "科室"),
                    ("branch", "镇街分局"),
                    ("station", "监测站"),
                    ("government", "镇街政府（办事处）"),
                    ("enterprise", "企业"),
                    ("agency", "检测机构"),
                    ("carrier", "运输处置单位"),
                    ("operator", "运维单位"),
                    ("other", "其他"),
                ],
                default="bureau",
                max_length=20,
                verbose_name="类别",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="name",
            field=models.CharField(db_index=True, max_length=120, verbose_name="名称"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["kind", "name"], name="people_orga_kind_2e672b_idx"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("credit_code", ""), _negated=True),
                fields=("credit_code",),
                name="one_body_per_credit_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["bureau", "section", "branch", "station"])),
                fields=("parent", "name"),
                name="one_inner_body_per_name",
            ),
        ),
        migrations.AddField(
            model_name="enforcementcertificate",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to=settings.AUTH_USER_MODEL,
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="granted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="授权人",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="on_behalf_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="代理何人",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="people.organisation",
                verbose_name="任职机构",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="收回人",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to=settings.AUTH_USER_MODEL,
                verbose_name="人员",
            ),
        ),
        migrations.AddConstraint(
            model_name="enforcementcertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires__gte", models.F("issued"))),
                name="a_certificate_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="rolegrant",
            index=models.Index(fields=["user", "role"], name="people_role_user_id_0d6c06_idx"),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_grant_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_behalf_of__isnull", True), ("valid_until__isnull", False), _connector="OR"
                ),
                name="a_deputy_stands_in_for_a_time",
            ),
        ),
    ]
