import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

from portal.constraints import insert_only

ATTACHMENTS_AS_ROWS = """
INSERT INTO advice_attachment (public_id, advice_id, council_id, position, title, text)
SELECT gen_random_uuid(), advice.id, advice.council_id, one.position,
       left(coalesce(one.value ->> 'title', ''), 200), coalesce(one.value ->> 'text', '')
FROM advice_advice AS advice,
     LATERAL jsonb_array_elements(advice.attachments) WITH ORDINALITY AS one(value, position);
"""
ATTACHMENTS_AS_JSON = """
UPDATE advice_advice AS advice SET attachments = found.rows FROM (
    SELECT advice_id, jsonb_agg(jsonb_build_object('title', title, 'text', text) ORDER BY position) AS rows
    FROM advice_attachment GROUP BY advice_id
) AS found WHERE found.advice_id = advice.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("advice", "0006_search_letters"),
        ("consultations", "0003_asking_early"),
        ("councils", "0002_elections"),
        ("meetings", "0001_meetings"),
        ("portal", "0002_write_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="quoted",
            field=models.TextField(blank=True, help_text="The paragraph as it was when this was said"),
        ),
        migrations.AddField(
            model_name="comment",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="comments",
                to="advice.section",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="mandate_reason",
            field=models.TextField(blank=True, verbose_name="Why could it not wait for a meeting?"),
        ),
        migrations.AddField(
            model_name="decision",
            name="manner",
            field=models.CharField(
                choices=[
                    ("meeting", "At a meeting"),
                    ("written", "In writing"),
                    ("mandate", "By mandate of the board"),
                ],
                default="meeting",
                max_length=20,
                verbose_name="How was it decided?",
            ),
        ),
        migrations.AddField(
            model_name="minorityview",
            name="author",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="minorityview",
            name="channel",
            field=models.CharField(
                choices=[
                    ("self", "By themselves"),
                    ("phone", "By telephone"),
                    ("paper", "On paper"),
                    ("in_person", "In a talk"),
                ],
                default="self",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="minorityview",
            name="entered_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
            ),
        ),
        migrations.AddField(
            model_name="minorityview",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunSQL("UPDATE advice_minorityview SET public_id = gen_random_uuid()", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="minorityview",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="minorityview",
            name="written_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="section",
            name="hint",
            field=models.TextField(blank=True, help_text="What the template says should stand here"),
        ),
        migrations.AddField(
            model_name="sectionsave",
            name="automatic",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="sectionsave",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="Why did you change it?"),
        ),
        migrations.AlterField(
            model_name="advice",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("voting", "Being voted on"),
                    ("adopted", "Ready to be sent"),
                    ("issued", "Sent"),
                    ("dropped", "Dropped"),
                ],
                default="draft",
                max_length=20,
                verbose_name="State",
            ),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="Title")),
                ("text", models.TextField(blank=True, verbose_name="Text")),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
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
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EditorialText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.TextField(verbose_name="What was changed, and why?")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted_text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editorial_texts",
                        to="advice.adoptedtext",
                    ),
                ),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editorial_texts", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("term", models.CharField(max_length=100, verbose_name="Word")),
                ("explanation", models.CharField(max_length=300, verbose_name="What does it mean?")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="glossary", to="councils.council"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpinionRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closes_on", models.DateField(verbose_name="Last day")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("asked", models.PositiveSmallIntegerField(default=0, help_text="How many members were asked")),
                ("totals", models.JSONField(blank=True, null=True)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinion_rounds", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("agree", "Yes"),
                            ("agree_but", "Yes, but …"),
                            ("disagree", "No"),
                            ("dont_know", "I do not know"),
                        ],
                        max_length=20,
                        verbose_name="Do you agree with this advice?",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="Why?")),
                ("only_for_chair", models.BooleanField(default=False, verbose_name="Only for the chair")),
                ("in_letter", models.BooleanField(default=False, verbose_name="In the letter if I am outvoted")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("self", "By themselves"),
                            ("phone", "By telephone"),
                            ("paper", "On paper"),
                            ("in_person", "In a talk"),
                        ],
                        default="self",
                        max_length=20,
                        verbose_name="How did you hear it?",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="advice.opinionround"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ratification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_on", models.DateField(verbose_name="Decided on")),
                ("ratified", models.BooleanField(verbose_name="Ratified")),
                ("note", models.TextField(blank=True, verbose_name="What was said")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratification", to="advice.decision"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.meeting"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecommendationSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recommendation_id", models.BigIntegerField(db_index=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("based_on", models.PositiveIntegerField(help_text="The version its author saw")),
                (
                    "became",
                    models.PositiveIntegerField(help_text="The version it made; empty when it was too late", null=True),
                ),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("text", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("refers_to", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Why did you change it?")),
                ("automatic", models.BooleanField(default=False)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendation_saves",
                        to="advice.advice",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("request_document", "A document of the request"),
                            ("link", "A page on the internet"),
                            ("other", "Something else, such as a book or a report"),
                        ],
                        max_length=20,
                        verbose_name="What is it?",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Address on the internet")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="Page or article")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="advice.recommendation"
                    ),
                ),
                (
                    "request_document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="consultations.requestdocument",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TextTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.CharField(
                        choices=[
                            ("advice", "Advice"),
                            ("supplement", "Supplement"),
                            ("questions", "Letter with questions"),
                            ("signal_letter", "Signal letter"),
                            ("urgent_letter", "Urgent letter"),
                            ("counter_response", "Counter-response"),
                            ("discussion_paper", "Discussion paper"),
                        ],
                        max_length=20,
                        verbose_name="Kind of letter",
                    ),
                ),
                ("parts", models.JSONField(default=list)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="text_templates",
                        to="councils.council",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="Name of the version")),
                ("reason", models.TextField(blank=True, verbose_name="Why is this a new version?")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("replace", "Write this instead"),
                            ("add", "Add this after it"),
                            ("remove", "Take this out"),
                        ],
                        max_length=20,
                        verbose_name="What should happen?",
                    ),
                ),
                (
                    "original",
                    models.TextField(blank=True, help_text="The paragraph or recommendation as it was, typed"),
                ),
                ("text", models.TextField(blank=True, verbose_name="Your text")),
                ("why", models.TextField(blank=True, verbose_name="Why?")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("self", "By themselves"),
                            ("phone", "By telephone"),
                            ("paper", "On paper"),
                            ("in_person", "In a talk"),
                        ],
                        default="self",
                        max_length=20,
                        verbose_name="How did you hear it?",
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not settled yet"),
                            ("accepted", "Taken over"),
                            ("rejected", "Not taken over"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settle_note", models.TextField(blank=True, verbose_name="Why?")),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="advice.advice"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="advice.recommendation",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="advice.section",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="advice.version",
                    ),
                ),
            ],
            options={
                "ordering": ["proposed_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="opinionround",
            name="version",
            field=models.ForeignKey(
                help_text="What was asked about",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="advice.version",
            ),
        ),
        migrations.CreateModel(
            name="WordSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("hard", models.CharField(max_length=100, verbose_name="Hard word")),
                ("plain", models.CharField(max_length=200, verbose_name="Write rather")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="word_suggestions",
                        to="councils.council",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WrittenProcedure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True, verbose_name="Why not at a meeting?")),
                ("closes_at", models.DateTimeField(verbose_name="Closes")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_reason", models.TextField(blank=True, verbose_name="Why was it stopped?")),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="procedures", to="advice.advice"
                    ),
                ),
                (
                    "closed_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "choice",
                    models.CharField(
                        choices=[("in_favour", "In favour"), ("against", "Against"), ("abstained", "I abstain")],
                        max_length=20,
                        verbose_name="Your vote",
                    ),
                ),
                ("explanation", models.TextField(blank=True, verbose_name="Why?")),
                ("cast_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("self", "By themselves"),
                            ("phone", "By telephone"),
                            ("paper", "On paper"),
                            ("in_person", "In a talk"),
                        ],
                        default="self",
                        max_length=20,
                        verbose_name="How did you hear it?",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="advice.writtenprocedure"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Elector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_chair", models.BooleanField(default=False)),
                ("only_on_tie", models.BooleanField(default=False)),
                ("recused_at", models.DateTimeField(blank=True, null=True)),
                ("recusal_reason", models.CharField(blank=True, max_length=300, verbose_name="Why not?")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "recused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="electors",
                        to="advice.writtenprocedure",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="procedure",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="advice.writtenprocedure",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("manner", "mandate"), _negated=True),
                    models.Q(("mandate_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="advice_decision_mandate_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="glossaryterm",
            constraint=models.UniqueConstraint(
                models.F("council"), django.db.models.functions.text.Lower("term"), name="advice_glossaryterm_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="advice_opinion_once"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_letter", True), ("only_for_chair", True), _negated=True),
                name="advice_opinion_private_or_in_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("part", "person"), name="advice_presence_once"),
        ),
        migrations.AddConstraint(
            model_name="texttemplate",
            constraint=models.UniqueConstraint(fields=("council", "document"), name="advice_texttemplate_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("advice", "number"), name="advice_version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="advice_proposal_settled_at_with_settled_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("advice",), name="advice_opinionround_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="wordsuggestion",
            constraint=models.UniqueConstraint(
                models.F("council"), django.db.models.functions.text.Lower("hard"), name="advice_wordsuggestion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenprocedure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("advice",),
                name="advice_writtenprocedure_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                name="advice_writtenprocedure_closes_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("procedure", "person"), name="advice_vote_once"),
        ),
        migrations.AddConstraint(
            model_name="elector",
            constraint=models.UniqueConstraint(fields=("procedure", "person"), name="advice_elector_once"),
        ),
        migrations.AddConstraint(
            model_name="elector",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recused_at__isnull", True), ("recused_by__isnull", True)),
                    models.Q(("recused_at__isnull", False), ("recused_by__isnull", False)),
                    _connector="OR",
                ),
                name="advice_elector_recused_at_with_recused_by",
            ),
        ),
        migrations.RunSQL(ATTACHMENTS_AS_ROWS, ATTACHMENTS_AS_JSON),
        migrations.RemoveField(
            model_name="advice",
            name="attachments",
        ),
        insert_only("advice_recommendationsave", "advice_version", "advice_editorialtext", "advice_ratification"),
    ]
