from django.db import migrations

from portal.constraints import insert_only


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_drafts_letters_answers")]
    operations = [
        insert_only(
            "advice_sectionsave",
            "advice_decision",
            "advice_adoptedtext",
            "advice_letter",
            "advice_lettercopy",
            "advice_letterpdf",
        )
    ]
