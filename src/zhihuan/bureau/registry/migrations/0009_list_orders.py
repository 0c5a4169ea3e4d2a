from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_paths_and_grants"),
        ("places", "0001_initial"),
        ("registry", "0008_import_file"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="device",
            index=models.Index(fields=["system_type", "id"], name="registry_de_system__3836ed_idx"),
        ),
        migrations.AddIndex(
            model_name="device",
            index=models.Index(fields=["placed", "id"], name="registry_de_placed_d610b2_idx"),
        ),
        migrations.AddIndex(
            model_name="device",
            index=models.Index(fields=["registered", "id"], name="registry_de_registe_b9f8db_idx"),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                fields=["level", "organisation_ptr"], name="registry_en_level_11c0f8_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                fields=["status", "organisation_ptr"], name="registry_en_status_e30f7b_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="facility",
            index=models.Index(fields=["number", "id"], name="registry_fa_number_21594e_idx"),
        ),
        migrations.AddIndex(
            model_name="facility",
            index=models.Index(fields=["name", "id"], name="registry_fa_name_80ccfa_idx"),
        ),
        migrations.AddIndex(
            model_name="facility",
            index=models.Index(fields=["kind", "id"], name="registry_fa_kind_e0a41b_idx"),
        ),
        migrations.AddIndex(
            model_name="monitoringpoint",
            index=models.Index(fields=["name", "id"], name="registry_mo_name_88d84d_idx"),
        ),
        migrations.AddIndex(
            model_name="monitoringpoint",
            index=models.Index(fields=["kind", "id"], name="registry_mo_kind_44fae9_idx"),
        ),
        migrations.AddIndex(
            model_name="monitoringpoint",
            index=models.Index(fields=["town", "id"], name="registry_mo_town_id_94453e_idx"),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(fields=["number", "id"], name="registry_ou_number_06adcf_idx"),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(fields=["name", "id"], name="registry_ou_name_c38ff3_idx"),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(fields=["medium", "id"], name="registry_ou_medium_eadaa4_idx"),
        ),
    ]
