import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_channels_last_days_and_notes"),
        ("councils", "0001_councils_and_members"),
        ("meetings", "0001_meetings"),
        ("portal", "0002_write_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThinkingAlong",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("held_on", models.DateField(verbose_name="When was it?")),
                ("who", models.CharField(blank=True, max_length=300, verbose_name="Who talked together?")),
                ("said", models.TextField(verbose_name="What did the council say?")),
                ("taken_along", models.TextField(blank=True, verbose_name="What does the authority do with it?")),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="advicerequest",
            name="also_for",
            field=models.ManyToManyField(
                blank=True,
                related_name="joint_requests",
                to="councils.authority",
                verbose_name="Which authorities ask with you?",
            ),
        ),
        migrations.AddField(
            model_name="advicerequest",
            name="urgency_reason",
            field=models.TextField(blank=True, verbose_name="Why can it not wait?"),
        ),
        migrations.AddField(
            model_name="advicerequest",
            name="urgent",
            field=models.BooleanField(default=False, verbose_name="This request is urgent"),
        ),
        migrations.AddField(
            model_name="councilrequest",
            name="consent",
            field=models.CharField(
                blank=True,
                choices=[("agreed", "Agreed"), ("refused", "Not agreed")],
                max_length=20,
                verbose_name="Consent to the shorter term",
            ),
        ),
        migrations.AddField(
            model_name="councilrequest",
            name="consent_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="councilrequest",
            name="consent_note",
            field=models.TextField(blank=True, verbose_name="What was agreed?"),
        ),
        migrations.AddField(
            model_name="councilrequest",
            name="consent_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="councilrequest",
            name="consent_recorded_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="announced_on",
            field=models.DateField(blank=True, null=True, verbose_name="Announced on"),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="councils",
            field=models.ManyToManyField(
                blank=True,
                related_name="announced_topics",
                to="councils.council",
                verbose_name="Which councils does it concern?",
            ),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="decision_expected_on",
            field=models.DateField(blank=True, null=True, verbose_name="Decision expected on"),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="drop_reason",
            field=models.TextField(blank=True, verbose_name="Why is it off the agenda?"),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="dropped_on",
            field=models.DateField(blank=True, null=True, verbose_name="Taken off on"),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="request_expected_on",
            field=models.DateField(blank=True, null=True, verbose_name="Request expected on"),
        ),
        migrations.AddField(
            model_name="policytopic",
            name="summary",
            field=models.TextField(blank=True, verbose_name="What is coming?"),
        ),
        migrations.AddIndex(
            model_name="policytopic",
            index=models.Index(fields=["authority", "request_expected_on"], name="consultations_topic_agenda"),
        ),
        migrations.AddConstraint(
            model_name="councilrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_by__isnull", True), ("consent_on__isnull", True)),
                    models.Q(("consent_by__isnull", False), ("consent_on__isnull", False)),
                    _connector="OR",
                ),
                name="consultations_councilrequest_consent_on_with_consent_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="policytopic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("request_expected_on__isnull", True),
                    ("decision_expected_on__isnull", True),
                    ("decision_expected_on__gte", models.F("request_expected_on")),
                    _connector="OR",
                ),
                name="consultations_policytopic_decision_expected_on_not_before_request_expected_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="policytopic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dropped_on__isnull", True), models.Q(("drop_reason", ""), _negated=True), _connector="OR"
                ),
                name="consultations_policytopic_dropped_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="thinkingalong",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
            ),
        ),
        migrations.AddField(
            model_name="thinkingalong",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
            ),
        ),
        migrations.AddField(
            model_name="thinkingalong",
            name="entered_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"),
        ),
        migrations.AddField(
            model_name="thinkingalong",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="consultations.policytopic"
            ),
        ),
    ]
