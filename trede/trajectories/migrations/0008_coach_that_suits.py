from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trajectories', '0007_planned_covers'),
    ]

    operations = [
        migrations.AddField(
            model_name='manner',
            name='coach',
            field=models.CharField(blank=True, choices=[('calm', 'calm, takes time'), ('active', 'active, gets going'), ('outdoors', 'likes to go out'), ('group', 'likes to work in groups')], max_length=10),
        ),
    ]
