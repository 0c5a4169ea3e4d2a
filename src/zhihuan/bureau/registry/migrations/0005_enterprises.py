import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def _town(related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="places.town",
        verbose_name="镇街",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_tree_and_grants"),
        ("places", "0001_initial"),
        ("registry", "0004_refer_to_towns"),
    ]

    operations = [
        migrations.RemoveField("site", "town_name"),
        migrations.RemoveField("monitoringpoint", "town_name"),
        migrations.AlterField("site", "town", _town("sites")),
        migrations.AlterField("monitoringpoint", "town", _town("points")),
        migrations.CreateModel(
            name="River",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("river", "河流"), ("stream", "河涌"), ("lake", "湖库")],
                        default="stream",
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("basin", models.CharField(blank=True, max_length=80, verbose_name="流域（联围）")),
            ],
            options={
                "verbose_name": "河流（湖库）",
                "verbose_name_plural": "河流（湖库）",
                "ordering": ["code"],
            },
        ),
        migrations.AlterModelOptions(
            name="site",
            options={
                "ordering": ["code"],
                "verbose_name": "厂区（站址）",
                "verbose_name_plural": "厂区（站址）",
            },
        ),
        migrations.AddField(
            model_name="device",
            name="placed",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="安装于本点位日期"
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="lat",
            field=models.FloatField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-90),
                    django.core.validators.MaxValueValidator(90),
                ],
                verbose_name="纬度（WGS-84）",
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="lon",
            field=models.FloatField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-180),
                    django.core.validators.MaxValueValidator(180),
                ],
                verbose_name="经度（WGS-84）",
            ),
        ),
        migrations.AlterField(
            model_name="monitoringpoint",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="registry.site",
                verbose_name="所在厂区（站址）",
            ),
        ),
        migrations.CreateModel(
            name="ConstructionSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lon",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="经度（WGS-84）",
                    ),
                ),
                (
                    "lat",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="纬度（WGS-84）",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="工地编码")),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="工程名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("building", "房屋建筑"),
                            ("municipal", "市政"),
                            ("traffic", "交通"),
                            ("water", "水利"),
                            ("demolition", "拆除"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("builder", models.CharField(blank=True, max_length=120, verbose_name="建设单位")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                (
                    "area_m2",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="占地面积（m²）",
                    ),
                ),
                ("begun", models.DateField(blank=True, null=True, verbose_name="开工日期")),
                ("finished", models.DateField(blank=True, null=True, verbose_name="竣工日期")),
                ("synthetic", models.BooleanField(default=False, verbose_name="模拟数据")),
                (
                    "contractor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="construction_sites",
                        to="people.organisation",
                        verbose_name="施工单位",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="construction_sites",
                        to="places.town",
                        verbose_name="镇街",
                    ),
                ),
            ],
            options={
                "verbose_name": "建筑工地",
                "verbose_name_plural": "建筑工地",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                (
                    "organisation_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="people.organisation",
                    ),
                ),
                (
                    "lon",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="经度（WGS-84）",
                    ),
                ),
                (
                    "lat",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="纬度（WGS-84）",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="企业编码")),
                (
                    "no_code_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="无信用代码的原因"),
                ),
                (
                    "industry",
                    models.CharField(
                        blank=True,
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-T]|[0-9]{2,4})$", "行业代码为 1 位字母或 2–4 位数字"
                            )
                        ],
                        verbose_name="行业代码（GB/T 4754）",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                (
                    "legal_representative",
                    models.CharField(blank=True, max_length=60, verbose_name="法定代表人"),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("key", "重点管理"),
                            ("simplified", "简化管理"),
                            ("registered", "登记管理"),
                            ("none", "无需排污许可"),
                        ],
                        max_length=12,
                        verbose_name="排污许可管理类别",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("operating", "在产"),
                            ("suspended", "停产"),
                            ("building", "在建"),
                            ("closed", "关闭"),
                        ],
                        default="operating",
                        max_length=12,
                        verbose_name="生产状态",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enterprises",
                        to="places.town",
                        verbose_name="镇街",
                    ),
                ),
            ],
            options={
                "verbose_name": "企业",
                "verbose_name_plural": "企业",
                "ordering": ["code"],
            },
            bases=("people.organisation", models.Model),
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("duty", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9+][0-9 -]{4,19}$", "电话只含数字、空格、- 和开头的 +，5–20 位"
                            )
                        ],
                        verbose_name="电话",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱")),
                (
                    "verified_on",
                    models.DateField(blank=True, null=True, verbose_name="最近核实日期"),
                ),
                ("doubt", models.CharField(blank=True, max_length=120, verbose_name="存疑原因")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "联系人",
                "verbose_name_plural": "联系人",
                "ordering": ["enterprise", "id"],
            },
        ),
        migrations.AddField(
            model_name="site",
            name="enterprise",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sites",
                to="registry.enterprise",
                verbose_name="所属企业",
            ),
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lon",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="经度（WGS-84）",
                    ),
                ),
                (
                    "lat",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="纬度（WGS-84）",
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="排口编号")),
                ("name", models.CharField(max_length=120, verbose_name="排口名称")),
                (
                    "medium",
                    models.CharField(
                        choices=[
                            ("gas", "废气"),
                            ("water", "废水"),
                            ("rain", "雨水"),
                            ("noise", "噪声"),
                        ],
                        max_length=10,
                        verbose_name="介质",
                    ),
                ),
                (
                    "receiving",
                    models.CharField(blank=True, max_length=120, verbose_name="排放去向"),
                ),
                (
                    "height_m",
                    models.FloatField(blank=True, null=True, verbose_name="排气筒高度（m）"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="封堵日期")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="registry.site",
                        verbose_name="厂区",
                    ),
                ),
            ],
            options={
                "verbose_name": "排口",
                "verbose_name_plural": "排口",
                "ordering": ["site", "number"],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="设施编号")),
                ("name", models.CharField(max_length=120, verbose_name="设施名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("production", "生产设施"), ("treatment", "治理设施")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("process", models.CharField(blank=True, max_length=120, verbose_name="工艺")),
                ("capacity", models.CharField(blank=True, max_length=60, verbose_name="设计能力")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilities",
                        to="registry.site",
                        verbose_name="厂区",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilities",
                        to="registry.outlet",
                        verbose_name="对应排口",
                    ),
                ),
            ],
            options={
                "verbose_name": "设施",
                "verbose_name_plural": "设施",
                "ordering": ["site", "number"],
            },
        ),
        migrations.AddField(
            model_name="monitoringpoint",
            name="outlet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="registry.outlet",
                verbose_name="所在排口",
            ),
        ),
        migrations.CreateModel(
            name="PastPlacement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("placed", models.DateField(verbose_name="安装日期")),
                ("removed", models.DateField(verbose_name="移出日期")),
                ("why", models.CharField(blank=True, max_length=120, verbose_name="移出原因")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_placements",
                        to="registry.device",
                        verbose_name="数采仪",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.monitoringpoint",
                        verbose_name="监测点位",
                    ),
                ),
            ],
            options={
                "verbose_name": "设备曾用点位",
                "verbose_name_plural": "设备曾用点位",
                "ordering": ["device", "placed"],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=40, unique=True, verbose_name="许可证（登记）编号"),
                ),
                (
                    "issued_by",
                    models.CharField(blank=True, max_length=120, verbose_name="核发机关"),
                ),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permits",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "排污许可证",
                "verbose_name_plural": "排污许可证",
                "ordering": ["enterprise", "valid_from"],
            },
        ),
        migrations.AddField(
            model_name="pointlimit",
            name="permit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="limits",
                to="registry.permit",
                verbose_name="排污许可证",
            ),
        ),
        migrations.CreateModel(
            name="PermitTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("factor", models.CharField(max_length=20, verbose_name="污染因子")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "tonnes",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="许可排放量（吨）",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="totals",
                        to="registry.permit",
                        verbose_name="排污许可证",
                    ),
                ),
            ],
            options={
                "verbose_name": "许可排放量",
                "verbose_name_plural": "许可排放量",
                "ordering": ["permit", "year", "factor"],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lon",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="经度（WGS-84）",
                    ),
                ),
                (
                    "lat",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="纬度（WGS-84）",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="断面编码")),
                ("name", models.CharField(max_length=120, verbose_name="断面名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "国控"),
                            ("provincial", "省控"),
                            ("city", "市控"),
                            ("town", "镇街"),
                        ],
                        default="city",
                        max_length=12,
                        verbose_name="级别",
                    ),
                ),
                (
                    "river",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="registry.river",
                        verbose_name="河流（湖库）",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="places.town",
                        verbose_name="镇街",
                    ),
                ),
            ],
            options={
                "verbose_name": "断面",
                "verbose_name_plural": "断面",
                "ordering": ["code"],
            },
        ),
        migrations.AddField(
            model_name="monitoringpoint",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="registry.section",
                verbose_name="所在断面",
            ),
        ),
        migrations.CreateModel(
            name="SectionTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "water_class",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Ⅰ类"), (2, "Ⅱ类"), (3, "Ⅲ类"), (4, "Ⅳ类"), (5, "Ⅴ类")],
                        verbose_name="目标水质类别",
                    ),
                ),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="registry.section",
                        verbose_name="断面",
                    ),
                ),
            ],
            options={
                "verbose_name": "断面目标",
                "verbose_name_plural": "断面目标",
                "ordering": ["section", "year"],
            },
        ),
        migrations.CreateModel(
            name="Vehicle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plate",
                    models.CharField(
                        max_length=10,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂警学]$",
                                "号牌形如 粤T12345、粤TD12345（新能源）、粤T1234挂",
                            )
                        ],
                        verbose_name="号牌号码",
                    ),
                ),
                (
                    "vin",
                    models.CharField(
                        blank=True,
                        max_length=17,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-HJ-NPR-Z]{17}$",
                                "车辆识别代号为 17 位数字或字母，不含 I、O、Q",
                            )
                        ],
                        verbose_name="车辆识别代号",
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("waste", "危险废物运输"),
                            ("sludge", "污泥、废水运输"),
                            ("muck", "渣土运输"),
                            ("diesel", "重型柴油车"),
                            ("monitoring", "监测执法车"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="用途",
                    ),
                ),
                (
                    "fuel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("diesel", "柴油"),
                            ("petrol", "汽油"),
                            ("gas", "燃气"),
                            ("electric", "纯电动"),
                            ("hybrid", "混合动力"),
                        ],
                        max_length=10,
                        verbose_name="燃料",
                    ),
                ),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "国一"),
                            (2, "国二"),
                            (3, "国三"),
                            (4, "国四"),
                            (5, "国五"),
                            (6, "国六"),
                        ],
                        null=True,
                        verbose_name="排放阶段",
                    ),
                ),
                ("scrapped_on", models.DateField(blank=True, null=True, verbose_name="报废日期")),
                ("synthetic", models.BooleanField(default=False, verbose_name="模拟数据")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vehicles",
                        to="people.organisation",
                        verbose_name="所属单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "车辆",
                "verbose_name_plural": "车辆",
                "ordering": ["plate"],
            },
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["town", "code"], name="registry_en_town_id_50a21a_idx"),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["industry", "code"], name="registry_en_industr_7e3329_idx"),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.UniqueConstraint(
                fields=("site", "number"), name="one_outlet_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.UniqueConstraint(
                fields=("site", "number"), name="one_facility_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastplacement",
            constraint=models.CheckConstraint(
                condition=models.Q(("removed__gte", models.F("placed"))),
                name="a_placement_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_permit_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="permittotal",
            constraint=models.UniqueConstraint(
                fields=("permit", "factor", "year"), name="one_total_per_factor_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="sectiontarget",
            constraint=models.UniqueConstraint(
                fields=("section", "year"), name="one_target_per_year"
            ),
        ),
    ]
