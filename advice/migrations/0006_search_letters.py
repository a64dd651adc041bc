from django.db import migrations


class Migration(migrations.Migration):
    """The words of a letter, for the search of the public pages (advice.views.public.with_words)."""

    dependencies = [("advice", "0005_response_drafts")]

    operations = [
        migrations.RunSQL(
            # Letters are few and come one by one: without fastupdate no list waits to be merged.
            "CREATE INDEX advice_letter_words ON advice_letter USING gin (to_tsvector('dutch'::regconfig, text))"
            " WITH (fastupdate = off)",
            "DROP INDEX advice_letter_words",
        ),
    ]
