from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translations", "0004_lists")]

    operations = [
        migrations.AddField(
            model_name="segment",
            name="before_revision",
            field=models.TextField(blank=True),
        ),
    ]
