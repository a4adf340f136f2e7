from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trajectories', '0008_coach_that_suits'),
    ]

    operations = [
        migrations.AddField(
            model_name='absence',
            name='why_not_back',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='plannedcover',
            name='why_not',
            field=models.TextField(blank=True),
        ),
    ]
