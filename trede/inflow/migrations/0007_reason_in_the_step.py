"""Why it is not now stands in the step to rest: at the intake nobody read it again."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inflow', '0006_intakes_in_order'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='intake',
            name='outcome_reason',
        ),
    ]
