from django.db import migrations, models


def hidden_without_a_reason(apps, schema_editor):
    """Nobody was asked until now why a credit is not shown."""
    apps.get_model("articles", "Credit").objects.filter(public=False).update(unnamed="unknown")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_waivers_and_approvals'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='credit',
            name='credit_role_known',
        ),
        migrations.AddField(
            model_name='credit',
            name='share',
            field=models.DecimalField(blank=True, decimal_places=6, help_text="Of the role's work, such as 0.25. Empty: equal parts.", max_digits=7, null=True, verbose_name='share'),
        ),
        migrations.AddField(
            model_name='credit',
            name='unnamed',
            field=models.CharField(blank=True, choices=[('staff', "staff, by the house's custom unsigned"), ('agency', "an agency's work"), ('wish', 'wishes not to be named'), ('unknown', 'not recorded')], default='', help_text='Where it is not shown.', max_length=8, verbose_name='why not shown'),
        ),
        migrations.AlterField(
            model_name='credit',
            name='role',
            field=models.CharField(choices=[('author', 'author'), ('reporter', 'reporter'), ('editor', 'editor'), ('photographer', 'photographer'), ('translator', 'translator'), ('reviser', 'reviser'), ('post_editor', 'post-editor'), ('reviewer', 'reviewer'), ('proofreader', 'proofreader')], default='author', max_length=14, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='publicationcontributor',
            name='role',
            field=models.CharField(choices=[('author', 'author'), ('reporter', 'reporter'), ('editor', 'editor'), ('photographer', 'photographer'), ('translator', 'translator'), ('reviser', 'reviser'), ('post_editor', 'post-editor'), ('reviewer', 'reviewer'), ('proofreader', 'proofreader')], max_length=14),
        ),
        migrations.RunPython(hidden_without_a_reason, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['author', 'reporter', 'editor', 'photographer', 'translator', 'reviser', 'post_editor', 'reviewer', 'proofreader'])), name='credit_role_known'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(('unnamed__in', ['staff', 'agency', 'wish', 'unknown', ''])), name='credit_unnamed_known'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('public', True), ('unnamed', '')), models.Q(('public', False), models.Q(('unnamed', ''), _negated=True)), _connector='OR'), name='credit_hidden_says_why', violation_error_message="Say why readers don't see the credit, or show it to them."),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(('share', None), models.Q(('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='credit_share_is_a_part', violation_error_message='A share is more than 0 and not more than 1, such as 0.5.'),
        ),
    ]
