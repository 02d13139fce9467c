"""Of what text of the original a translation was made, and whether the translation desk has its text."""

from django.db import migrations, models
from django.db.models import PROTECT


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_shares_and_reasons")]

    operations = [
        migrations.AddField("article", "in_translation", models.BooleanField(default=False, editable=False)),
        migrations.AddField(
            "article",
            "made_from",
            models.ForeignKey(
                editable=False, null=True, on_delete=PROTECT, related_name="+", to="articles.revision"
            ),
        ),
        migrations.AddField(
            "publication",
            "made_from",
            models.ForeignKey(
                help_text="What readers had of the original when this translation was made; empty where nobody knows.",
                null=True,
                on_delete=PROTECT,
                related_name="+",
                to="articles.publication",
            ),
        ),
        migrations.AddConstraint(
            "article",
            models.CheckConstraint(
                condition=models.Q(in_translation=False) | models.Q(state="draft", original__isnull=False),
                name="article_in_translation_is_a_draft",
            ),
        ),
        migrations.AddConstraint(
            "article",
            models.CheckConstraint(
                condition=models.Q(made_from=None) | models.Q(original__isnull=False),
                name="article_made_from_an_original",
            ),
        ),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(
                condition=models.Q(made_from=None) | ~models.Q(family=models.F("article")),
                name="publication_original_is_made_from_none",
            ),
        ),
    ]
