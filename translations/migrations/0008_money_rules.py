import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_machine_help'),
        ('translations', '0006_state_before'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ledgerentry',
            name='ledger_once_per_round',
        ),
        migrations.AddField(
            model_name='loggedwork',
            name='bands',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='loggedwork',
            name='methods',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='loggedwork',
            name='share',
            field=models.DecimalField(decimal_places=6, default=Decimal(1), help_text='Your part of it, from 0 to 1: 0.5 where two did it by halves.', max_digits=7, verbose_name='share'),
        ),
        migrations.AddField(
            model_name='statement',
            name='acknowledged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='acknowledged_how',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name='loggedwork',
            constraint=models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lte', 1)), name='logged_share_is_a_part'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_by', None), ('acknowledged_how', '')), models.Q(('acknowledged_by__isnull', False), models.Q(('acknowledged_how', ''), _negated=True)), _connector='OR'), name='statement_acknowledged_in_stead_says_how'),
        ),
    ]
