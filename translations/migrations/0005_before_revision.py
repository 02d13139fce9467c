from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translations", "0002_memory")]

    operations = [
        migrations.AddField(
            model_name="segment",
            name="before_revision",
            field=models.TextField(blank=True),
        ),
    ]
