from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advice", "0007_writing_and_deciding_together"),
        ("councils", "0002_elections"),
        ("portal", "0002_write_once"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="opinion",
            name="advice_opinion_once",
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(
                fields=("round", "person", "only_for_chair"), name="advice_opinion_once"
            ),
        ),
    ]
