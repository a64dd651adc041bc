import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("consultations", "0001_requests_and_activities"),
        ("consultations", "0002_channels_last_days_and_notes"),
        ("consultations", "0003_asking_early"),
    ]

    initial = True

    dependencies = [
        ("councils", "0001_all_of_councils"),
        ("meetings", "0001_all_of_meetings"),
        ("portal", "0001_all_of_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdviceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="Reference of the authority")),
                ("letter_date", models.DateField(blank=True, null=True, verbose_name="Date of the letter")),
                ("summary", models.TextField(blank=True, verbose_name="What is it about?")),
                ("questions", models.JSONField(blank=True, default=list, verbose_name="Questions")),
                ("changeable", models.TextField(blank=True, verbose_name="What can still be changed?")),
                ("fixed", models.TextField(blank=True, verbose_name="What can no longer be changed?")),
                ("groups", models.CharField(blank=True, max_length=300, verbose_name="Who does it concern?")),
                (
                    "laws",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("wmo", "Wmo 2015 (support)"),
                                ("participatiewet", "Participatiewet (work and income)"),
                                ("jeugdwet", "Jeugdwet (youth help)"),
                                ("wsw", "Wsw (sheltered work)"),
                                ("inburgering", "Wet inburgering (integration)"),
                                ("schuldhulpverlening", "Debt help"),
                                ("suwi", "Wet SUWI"),
                                ("other", "Other"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Laws",
                    ),
                ),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="Advice wanted by")),
                (
                    "decision_on",
                    models.DateField(blank=True, null=True, verbose_name="Decision of the executive expected on"),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="This request is urgent")),
                ("urgency_reason", models.TextField(blank=True, verbose_name="Why can it not wait?")),
                (
                    "planning_note",
                    models.TextField(blank=True, verbose_name="What must the council know about the planning?"),
                ),
                (
                    "contact_details",
                    models.CharField(
                        blank=True,
                        help_text="Of a registered request",
                        max_length=200,
                        verbose_name="Whom can we call or mail?",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "registered",
                    models.BooleanField(default=False, help_text="Entered by the secretary from a letter or mail"),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "By e-mail"),
                            ("post", "By post"),
                            ("handed_in", "Handed in"),
                            ("phone", "By telephone or in a talk"),
                        ],
                        max_length=20,
                        verbose_name="How did it come?",
                    ),
                ),
                (
                    "also_for",
                    models.ManyToManyField(
                        blank=True,
                        related_name="joint_requests",
                        to="councils.authority",
                        verbose_name="Which authorities ask with you?",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="councils.authority"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Contact officer",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.document",
                    ),
                ),
                ("wanted_councils", models.ManyToManyField(blank=True, related_name="+", to="councils.council")),
            ],
        ),
        migrations.CreateModel(
            name="CouncilRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Asked"),
                            ("accepted", "Being handled"),
                            ("declined", "Declined"),
                            ("advised", "Advised"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="Received on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="Advice due on")),
                ("due_article", models.CharField(blank=True, max_length=200)),
                ("due_steps", models.JSONField(blank=True, default=list)),
                (
                    "short_notice",
                    models.CharField(
                        blank=True,
                        help_text="Stays with the dossier for good",
                        max_length=300,
                        verbose_name="Note on a term that is too short",
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Agreed"), ("refused", "Not agreed")],
                        max_length=20,
                        verbose_name="Consent to the shorter term",
                    ),
                ),
                ("consent_on", models.DateField(blank=True, null=True)),
                ("consent_note", models.TextField(blank=True, verbose_name="What was agreed?")),
                ("decline_until", models.DateField(blank=True, null=True, verbose_name="Last day to decline")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="Accepted on")),
                ("extended_on", models.DateField(blank=True, null=True, verbose_name="Extended on")),
                ("extension_reason", models.TextField(blank=True, verbose_name="Reason of the extension")),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("close_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "close_note",
                    models.CharField(blank=True, help_text="What the rule book said of the closing", max_length=300),
                ),
                (
                    "agenda_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "consent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "consent_recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="councils.council"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="to_councils",
                        to="consultations.advicerequest",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["council", "state", "due_on"], name="consultations_creq_council")],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "council"), name="consultations_councilrequest_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("close_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultations_councilrequest_declined_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent_by__isnull", True), ("consent_on__isnull", True)),
                            models.Q(("consent_by__isnull", False), ("consent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_councilrequest_consent_on_with_consent_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="Topic")),
                (
                    "laws",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("wmo", "Wmo 2015 (support)"),
                                ("participatiewet", "Participatiewet (work and income)"),
                                ("jeugdwet", "Jeugdwet (youth help)"),
                                ("wsw", "Wsw (sheltered work)"),
                                ("inburgering", "Wet inburgering (integration)"),
                                ("schuldhulpverlening", "Debt help"),
                                ("suwi", "Wet SUWI"),
                                ("other", "Other"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Laws",
                    ),
                ),
                ("groups", models.CharField(blank=True, max_length=300, verbose_name="Who it concerns")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("agenda", "Setting the agenda"),
                            ("preparation", "Preparation"),
                            ("decision", "Decision"),
                            ("execution", "Execution"),
                            ("evaluation", "Evaluation"),
                        ],
                        default="preparation",
                        max_length=20,
                        verbose_name="Policy phase",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="What is coming?")),
                ("announced_on", models.DateField(blank=True, null=True, verbose_name="Announced on")),
                ("request_expected_on", models.DateField(blank=True, null=True, verbose_name="Request expected on")),
                ("decision_expected_on", models.DateField(blank=True, null=True, verbose_name="Decision expected on")),
                ("dropped_on", models.DateField(blank=True, null=True, verbose_name="Taken off on")),
                ("drop_reason", models.TextField(blank=True, verbose_name="Why is it off the agenda?")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_topics",
                        to="councils.authority",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Contact officer",
                    ),
                ),
                (
                    "councils",
                    models.ManyToManyField(
                        blank=True,
                        related_name="announced_topics",
                        to="councils.council",
                        verbose_name="Which councils does it concern?",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["authority", "request_expected_on"], name="consultations_topic_agenda")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "name"), name="consultations_policytopic_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("request_expected_on__isnull", True),
                            ("decision_expected_on__isnull", True),
                            ("decision_expected_on__gte", models.F("request_expected_on")),
                            _connector="OR",
                        ),
                        name="consultations_policytopic_decision_expected_on_not_before_request_expected_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_on__isnull", True), models.Q(("drop_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="consultations_policytopic_dropped_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="advicerequest",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="consultations.policytopic",
            ),
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="In one line")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("neighbourhood_table", "Neighbourhood table"),
                            ("panel", "Panel"),
                            ("dialogue_session", "Dialogue session"),
                            ("conversation", "Conversation"),
                            ("survey", "Survey"),
                            ("message", "Message or signal"),
                        ],
                        max_length=30,
                        verbose_name="Form",
                    ),
                ),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("inform", "Inform"),
                            ("consult", "Consult"),
                            ("advise", "Advise"),
                            ("coproduce", "Work out together"),
                            ("co_decide", "Decide together"),
                            ("self_govern", "Run it themselves"),
                        ],
                        default="consult",
                        max_length=20,
                        verbose_name="Rung of the participation ladder",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=200, verbose_name="Group")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Place")),
                ("held_on", models.DateField(verbose_name="Date")),
                ("count", models.PositiveIntegerField(blank=True, null=True, verbose_name="How many people")),
                ("heard", models.TextField(verbose_name="What was heard")),
                ("is_public", models.BooleanField(default=False)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="activities", to="councils.council"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="activities", to="consultations.policytopic", verbose_name="Topics"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "indexes": [models.Index(fields=["council", "-held_on"], name="consultations_activity_council")],
            },
        ),
        migrations.CreateModel(
            name="RequestDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                (
                    "visibility",
                    models.CharField(
                        choices=[("open", "Open"), ("embargo", "Under embargo"), ("confidential", "Confidential")],
                        default="open",
                        max_length=20,
                        verbose_name="Who may see it",
                    ),
                ),
                ("embargo_until", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="consultations.advicerequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("question", models.TextField(verbose_name="Question")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="Of an answer by mail or post",
                        null=True,
                        verbose_name="On which day did the answer come in?",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "council_request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="consultations.councilrequest",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.document",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_requestquestion_answered_at_with_answered_by",
                    )
                ],
            },
        ),
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
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="consultations.policytopic",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="advicerequest",
            index=models.Index(fields=["authority", "-created_at"], name="consultations_request_auth"),
        ),
    ]
