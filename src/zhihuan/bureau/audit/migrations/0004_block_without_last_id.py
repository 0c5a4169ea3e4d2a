from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_blocks_and_exact_detail")]

    operations = [migrations.RemoveField(model_name="auditblock", name="last_id")]
