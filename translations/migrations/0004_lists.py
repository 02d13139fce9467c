"""What the list of jobs is read by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translations", "0003_money")]

    operations = [
        migrations.AddIndex("job", models.Index(fields=["-changed_at", "-id"], name="job_changed_idx")),
        migrations.AddIndex("job", models.Index(fields=["language", "-changed_at", "-id"], name="job_language_idx")),
    ]
