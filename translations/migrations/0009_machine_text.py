from django.db import migrations, models
from django.db.models import F, Q


def as_drafts(apps, schema_editor):
    """What a machine wrote in work under way is to be read; in work that was accepted two people have read it."""
    Segment = apps.get_model("translations", "Segment")
    machines = Segment.objects.filter(method="machine")
    machines.update(machine_text=F("target"), machine_engine=F("engine"))
    machines.filter(job__state="done").update(method="post_edited")
    machines.exclude(state="initial").update(state="initial")


class Migration(migrations.Migration):
    dependencies = [("translations", "0008_what_the_desk_wrote")]

    operations = [
        migrations.AddField("segment", "machine_text", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("segment", "machine_engine", models.CharField(blank=True, default="", max_length=80), preserve_default=False),
        migrations.RunPython(as_drafts, migrations.RunPython.noop),
        migrations.AddConstraint(
            "segment",
            models.CheckConstraint(
                condition=Q(state="initial") | ~Q(method="machine"), name="segment_machine_is_draft"
            ),
        ),
    ]
