from django.db import migrations, models
from django.db.models import PROTECT


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_machine_help"), ("translations", "0007_shares_and_checks")]

    operations = [
        migrations.AddField(
            "job",
            "known",
            models.ForeignKey(
                editable=False, null=True, on_delete=PROTECT, related_name="+", to="articles.revision"
            ),
        ),
        migrations.AddField("job", "homeless", models.JSONField(default=list, editable=False)),
    ]
