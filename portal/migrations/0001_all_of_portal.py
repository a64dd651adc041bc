import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

from portal.constraints import insert_only


class Migration(migrations.Migration):
    replaces = [
        ("portal", "0001_people_post_documents"),
        ("portal", "0002_write_once"),
        ("portal", "0003_digests_choices_inbound"),
        ("portal", "0004_posted_on_due_at"),
        ("portal", "0005_what_was_sent"),
        ("portal", "0006_scheduled_runs"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                            ("never", "Not"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "succeeded_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="Or when it was started first"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor_id", models.BigIntegerField(help_text="Person; empty when the calendar did it", null=True)),
                ("council_id", models.BigIntegerField(null=True)),
                ("authority_id", models.BigIntegerField(null=True)),
                ("object_label", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                ("event", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["object_label", "object_id"], name="portal_audit_object")],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField(help_text="bytes")),
                ("content_type", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200, verbose_name="File name")),
                ("council_id", models.BigIntegerField(null=True)),
                ("authority_id", models.BigIntegerField(null=True)),
                ("created_by_id", models.BigIntegerField(help_text="Person", null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["sha256"], name="portal_document_sha256_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="portal_document_sha256"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Phone number")),
                (
                    "post_address",
                    models.TextField(blank=True, help_text="One line per address line.", verbose_name="Post address"),
                ),
                (
                    "email_failed_at",
                    models.DateTimeField(blank=True, help_text="When mail came back: no such address", null=True),
                ),
                ("is_office", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(models.Q(("email", ""), _negated=True), ("is_office", False)),
                        name="portal_person_email_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="portal_person_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField(help_text="Id of the object that the builder of this kind loads")),
                ("cause", models.CharField(help_text="What made this message, e.g. meeting:12:3", max_length=120)),
                ("council_id", models.BigIntegerField(null=True)),
                ("authority_id", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("held", "Held back"),
                            ("collected", "Goes along in the overview"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("refused", "Not delivered"),
                            ("bounced", "Came back"),
                            ("paper", "To be sent on paper"),
                            ("posted", "Sent on paper"),
                            ("dropped", "No longer needed"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "due_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When it had to leave; retries do not move it"
                    ),
                ),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("bounced_at", models.DateTimeField(blank=True, null=True)),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="Posted on")),
                ("problem", models.CharField(blank=True, max_length=200)),
                (
                    "own_words",
                    models.TextField(
                        blank=True, help_text="What the secretary wrote above the mail", verbose_name="Your own words"
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("page", models.CharField(blank=True, max_length=300)),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="portal.digest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="portal.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="portal_message_due"),
                    models.Index(fields=["council_id", "-created_at"], name="portal_message_council"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "cause"), name="portal_message_once_per_cause"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state__in", ["sent", "bounced"])),
                            models.Q(
                                models.Q(("state__in", ["sent", "bounced"]), _negated=True), ("sent_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="portal_message_sent_at_when_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("posted_on", None), ("state", "posted"), _connector="OR"),
                        name="portal_message_posted_on_when_posted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("council_id", models.BigIntegerField(blank=True, null=True)),
                ("authority_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="portal.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None)), fields=("person",), name="portal_invitation_one_open"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="digest",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="digests", to="portal.person"
            ),
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="user", to="portal.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InboundMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message_id",
                    models.CharField(help_text="Message-ID, or the SHA-256 of the mail", max_length=250, unique=True),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("council_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "Answer from a calendar"),
                            ("bounce", "Mail that came back"),
                            ("automatic", "Automatic answer"),
                            ("other", "Other mail"),
                        ],
                        max_length=20,
                    ),
                ),
                ("state", models.CharField(choices=[("done", "Handled"), ("set_aside", "Set aside")], max_length=20)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was set aside, without personal data", max_length=200
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inbound",
                        to="portal.message",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["council_id", "-received_at"], name="portal_inboundmail_council")],
            },
        ),
        migrations.CreateModel(
            name="MessageChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=40)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                            ("never", "Not"),
                        ],
                        default="at_once",
                        max_length=10,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="message_choices", to="portal.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "topic"), name="portal_messagechoice_once")],
            },
        ),
        insert_only(
            "portal_auditevent",
            "portal_document",
        ),
    ]
