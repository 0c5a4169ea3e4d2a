"""Credit code and industry are the enterprise's alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_enterprises_of_sites")]
    operations = [
        migrations.RemoveField("site", "credit_code"),
        migrations.RemoveField("site", "industry"),
    ]
