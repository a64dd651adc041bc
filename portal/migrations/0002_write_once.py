from django.db import migrations

from portal.constraints import insert_only


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_people_post_documents")]
    operations = [insert_only("portal_auditevent", "portal_document")]
