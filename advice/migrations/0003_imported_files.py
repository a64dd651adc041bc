import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from portal.constraints import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("advice", "0002_write_once"),
        ("councils", "0001_councils_and_members"),
        ("portal", "0002_write_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="plain_summary",
            field=models.TextField(blank=True, verbose_name="Summary in plain language"),
        ),
        migrations.AddField(
            model_name="publication",
            name="without_summary_reason",
            field=models.TextField(blank=True, verbose_name="Why there is no summary"),
        ),
        migrations.CreateModel(
            name="ImportedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField()),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imported_files", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        insert_only("advice_importedfile"),
    ]
