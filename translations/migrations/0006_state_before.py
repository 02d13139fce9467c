from django.db import migrations, models

STATES = [("initial", "not translated"), ("translated", "translated"), ("reviewed", "revised"), ("final", "final")]


class Migration(migrations.Migration):
    dependencies = [("translations", "0005_before_revision")]

    operations = [
        migrations.AddField(
            model_name="segment",
            name="state_before",
            field=models.CharField(choices=STATES, default="initial", max_length=10),
        ),
    ]
