"""Why a colleague is away was asked, and told to nobody."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('trajectories', '0012_newest_assessment'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='absence',
            name='reason',
        ),
    ]
