import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("questionnaires", "0005_owner_of_a_questionnaire"),
    ]

    operations = [
        migrations.AlterField(
            model_name="questionnaire",
            name="version",
            field=models.CharField(max_length=80),
        ),
        migrations.AddField(
            model_name="questionnaire",
            name="taken_in_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="translation",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.municipality",
            ),
        ),
        migrations.AddField(
            model_name="translation",
            name="sha256",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="recording",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.municipality",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="editions",
            field=models.ManyToManyField(
                related_name="+", to="questionnaires.translation"
            ),
        ),
    ]
