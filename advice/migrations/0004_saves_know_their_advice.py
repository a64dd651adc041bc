import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advice", "0003_imported_files")]

    operations = [
        migrations.AddField(
            model_name="sectionsave",
            name="advice",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="section_saves",
                to="advice.advice",
            ),
        ),
        migrations.AlterField(
            model_name="advice",
            name="document",
            field=models.CharField(
                choices=[
                    ("advice", "Advice"),
                    ("supplement", "Supplement"),
                    ("questions", "Letter with questions"),
                    ("signal_letter", "Signal letter"),
                    ("urgent_letter", "Urgent letter"),
                    ("counter_response", "Counter-response"),
                    ("discussion_paper", "Discussion paper"),
                ],
                default="advice",
                max_length=20,
                verbose_name="Kind of letter",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="recommendation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="comments",
                to="advice.recommendation",
                verbose_name="About which part",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[("adopted", "The advice is adopted"), ("rejected", "The advice is not adopted")], max_length=20
            ),
        ),
        migrations.AlterField(
            model_name="minorityview",
            name="by",
            field=models.CharField(max_length=200, verbose_name="Whose view"),
        ),
        migrations.AlterModelOptions(name="section", options={"ordering": ["position", "pk"]}),
    ]
