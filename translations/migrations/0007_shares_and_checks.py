import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.lookups
import django.utils.timezone
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
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('seq', models.BigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('statement', models.BigIntegerField(default=0)),
                ('statements', models.PositiveIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=500)),
                ('fault_seq', models.BigIntegerField(null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='job',
            name='special',
            field=models.BooleanField(default=False, verbose_name='specialised text'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='share_after',
            field=models.DecimalField(decimal_places=6, default=Decimal(0), max_digits=7),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='special',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='ratecard',
            name='special_factor',
            field=models.DecimalField(decimal_places=3, default=Decimal(1), max_digits=5, verbose_name='factor of specialised text'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(('share_after__gte', 0), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('share_after'), '+', models.F('share')), 6), 1)), name='ledger_shares_fit_into_the_whole'),
        ),
        migrations.AddConstraint(
            model_name='ratecard',
            constraint=models.CheckConstraint(condition=models.Q(('special_factor__gt', 0)), name='rate_special_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='ledgercheck',
            constraint=models.CheckConstraint(condition=models.Q(('fault_seq__gte', 1)), name='ledger_check_fault_from_one'),
        ),
        migrations.AddConstraint(
            model_name='ledgercheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fault', ''), ('fault_seq', None)), models.Q(models.Q(('fault', ''), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='ledger_check_ends_at_a_fault'),
        ),
    ]
