from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advice", "0004_saves_know_their_advice")]

    operations = [
        migrations.AddField("response", "draft", models.JSONField(blank=True, default=dict)),
    ]
