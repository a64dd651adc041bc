import uuid

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

from portal.constraints import insert_only


class Migration(migrations.Migration):
    replaces = [
        ("advice", "0001_drafts_letters_answers"),
        ("advice", "0002_write_once"),
        ("advice", "0003_imported_files"),
        ("advice", "0004_saves_know_their_advice"),
        ("advice", "0005_response_drafts"),
        ("advice", "0006_search_letters"),
        ("advice", "0007_writing_and_deciding_together"),
        ("advice", "0008_own_words_beside_entered_ones"),
        ("advice", "0009_letters_that_are_followed"),
        ("advice", "0010_other_councils_say_no"),
        ("advice", "0011_asked_for_approval"),
        ("advice", "0012_promises_that_move"),
    ]

    initial = True

    dependencies = [
        ("consultations", "0001_all_of_consultations"),
        ("councils", "0001_all_of_councils"),
        ("meetings", "0001_all_of_meetings"),
        ("portal", "0001_all_of_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Recommendation")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "Adopted"),
                            ("partly", "Partly adopted"),
                            ("rejected", "Not adopted"),
                            ("already_policy", "Already policy"),
                            ("later", "Decision follows later"),
                        ],
                        max_length=20,
                        verbose_name="Verdict",
                    ),
                ),
                ("motivation", models.TextField(blank=True, verbose_name="Reason")),
                ("decide_by", models.DateField(blank=True, null=True, verbose_name="Last day of the decision")),
                ("no_reason_given", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("solicited", "Solicited advice"), ("unsolicited", "Unsolicited advice")],
                        default="unsolicited",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
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
                        default="advice",
                        max_length=20,
                        verbose_name="Kind of letter",
                    ),
                ),
                (
                    "tenor",
                    models.CharField(
                        choices=[
                            ("positive", "Positive"),
                            ("positive_with_remarks", "Positive, with remarks"),
                            ("negative", "Negative"),
                            ("none", "No judgement"),
                        ],
                        default="none",
                        max_length=30,
                        verbose_name="Our judgement",
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                ("subject", models.CharField(max_length=200, verbose_name="Subject")),
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
                ("attention_of", models.CharField(blank=True, max_length=200, verbose_name="For the attention of")),
                (
                    "your_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="Reference of the authority"),
                ),
                ("salutation", models.CharField(blank=True, max_length=100, verbose_name="Salutation")),
                ("plain_summary", models.TextField(blank=True, verbose_name="Summary in plain language")),
                ("consulted", models.JSONField(blank=True, default=list)),
                ("copy_to", models.JSONField(blank=True, default=list)),
                ("language", models.CharField(default="nl", max_length=20)),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supplement", "Supplements it"),
                            ("correction", "Corrects it: this letter takes its place"),
                            ("withdrawal", "Withdraws it"),
                            ("counter_response", "Replies to the answer to it"),
                        ],
                        max_length=20,
                        verbose_name="What it does",
                    ),
                ),
                ("imported_request", models.JSONField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("authorities", models.ManyToManyField(related_name="advices", to="councils.authority")),
                (
                    "council",
                    models.ForeignKey(
                        help_text="The leading council",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="councils.council",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                ("joint_with", models.ManyToManyField(blank=True, related_name="joint_advices", to="councils.council")),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="consultations.councilrequest",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="consultations.policytopic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("answered", "Yes, this is an answer"),
                            ("partly", "Only in part"),
                            ("not_answered", "No, this does not answer it"),
                        ],
                        max_length=20,
                        verbose_name="Is this an answer to our advice?",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Our reply")),
                ("marked_on", models.DateField()),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mark", to="advice.answer"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
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
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="What is promised")),
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="Who does it")),
                ("due_on", models.DateField(verbose_name="Last day")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="Done on")),
                ("proof", models.CharField(blank=True, max_length=300, verbose_name="How we know")),
                (
                    "check_by_council",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "The council agrees"), ("disagreed", "The council does not agree")],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="advice.answer"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="councils.council"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "manner",
                    models.CharField(
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
                ("mandate_reason", models.TextField(blank=True, verbose_name="Why could it not wait for a meeting?")),
                ("decided_on", models.DateField(verbose_name="Decided on")),
                ("present", models.PositiveSmallIntegerField(verbose_name="Voting members present")),
                ("in_favour", models.PositiveSmallIntegerField(verbose_name="In favour")),
                ("against", models.PositiveSmallIntegerField(verbose_name="Against")),
                ("abstained", models.PositiveSmallIntegerField(verbose_name="Abstained")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("adopted", "The advice is adopted"), ("rejected", "The advice is not adopted")],
                        max_length=20,
                    ),
                ),
                ("quorum_needed", models.PositiveSmallIntegerField(null=True)),
                ("quorum_article", models.CharField(blank=True, max_length=200)),
                (
                    "without_quorum_reason",
                    models.TextField(blank=True, verbose_name="Why the decision stands without a quorum"),
                ),
                ("sentence", models.TextField(help_text="What the rules make of the votes, in one Dutch sentence")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="advice.advice"
                    ),
                ),
                (
                    "agenda_item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdoptedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("adopted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adopted_texts", to="advice.advice"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adopted_text", to="advice.decision"
                    ),
                ),
            ],
            options={
                "abstract": False,
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
            name="ImportedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField()),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imported_files", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LadderLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder"),
                            ("alderman", "Letter to the alderman"),
                            ("clerk", "Copy to the municipal council's clerk"),
                            ("evaluation", "Evaluation on the agenda"),
                        ],
                        max_length=20,
                    ),
                ),
                ("dated_on", models.DateField(verbose_name="Date of the letter")),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LadderPdf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renderer", models.CharField(max_length=60)),
                ("rendered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pdf", to="advice.ladderletter"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("series", models.CharField(default="advice", max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField(null=True)),
                ("reference", models.CharField(max_length=80, verbose_name="Reference")),
                ("slug", models.SlugField(max_length=100)),
                ("dated_on", models.DateField(verbose_name="Date of the letter")),
                ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supplement", "Supplements it"),
                            ("correction", "Corrects it: this letter takes its place"),
                            ("withdrawal", "Withdraws it"),
                            ("counter_response", "Replies to the answer to it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=12, null=True, unique=True)),
                ("imported", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="advice.advice"
                    ),
                ),
                (
                    "concerns",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="advice.letter",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="councils.council"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["council", "-dated_on"], name="advice_letter_council")],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "reference"), name="advice_letter_reference_once"),
                    models.UniqueConstraint(fields=("council", "slug"), name="advice_letter_slug_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("serial__isnull", False)),
                        fields=("council", "series", "year", "serial"),
                        name="advice_letter_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("imported", True), ("serial__gt", 0), _connector="OR"),
                        name="advice_letter_numbered_unless_imported",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concerns__isnull", True), ("relation", "")),
                            models.Q(("concerns__isnull", False), models.Q(("relation", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="advice_letter_concerns_with_relation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="When do we look back?")),
                ("changed", models.TextField(blank=True, verbose_name="What has changed for people?")),
                ("not_changed", models.TextField(blank=True, verbose_name="What has not changed?")),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_up", to="advice.letter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True),
                            models.Q(("changed", ""), _negated=True),
                            models.Q(("not_changed", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="advice_followup_says_something",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="advice",
            name="concerns",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts_about",
                to="advice.letter",
                verbose_name="Letter",
            ),
        ),
        migrations.CreateModel(
            name="LetterCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("addressee", models.JSONField(default=list)),
                ("your_reference", models.CharField(blank=True, max_length=60)),
                ("response_due_on", models.DateField(null=True)),
                ("response_article", models.CharField(blank=True, max_length=200)),
                ("response_steps", models.JSONField(default=list)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_copies",
                        to="councils.authority",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="advice.letter"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("letter", "authority"), name="advice_lettercopy_once")],
            },
        ),
        migrations.CreateModel(
            name="LargePrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renderer", models.CharField(max_length=60)),
                ("rendered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "copy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="large_print", to="advice.lettercopy"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="ladderletter",
            name="copy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ladder", to="advice.lettercopy"
            ),
        ),
        migrations.CreateModel(
            name="LetterPdf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renderer", models.CharField(max_length=60)),
                ("rendered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "copy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pdf", to="advice.lettercopy"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LetterStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("posted", "Put in the post"),
                            ("received", "Received"),
                            ("offered", "Offered to the executive"),
                            ("municipal_council", "Copy to the municipal council"),
                            ("in_proposal", "Mentioned in the proposal to the municipal council"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_on", models.DateField(null=True, verbose_name="On which day?")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="How do we know?")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="Where it can be read")),
                ("by_council", models.BooleanField(help_text="Recorded by the council; else by the authority")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="advice.lettercopy"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
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
                "indexes": [models.Index(fields=["copy", "kind"], name="advice_letterstep_copy")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="advice_letterstep_taken_back_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinorityView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("by", models.CharField(max_length=200, verbose_name="Whose view")),
                ("text", models.TextField(verbose_name="Text")),
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
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="minority_views", to="advice.advice"
                    ),
                ),
                (
                    "author",
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(default="advice", max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("council", "series", "year"), name="advice_numbercounter_once")
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "person", "only_for_chair"), name="advice_opinion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("in_letter", True), ("only_for_chair", True), _negated=True),
                        name="advice_opinion_private_or_in_letter",
                    ),
                ],
            },
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
            options={
                "constraints": [models.UniqueConstraint(fields=("part", "person"), name="advice_presence_once")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_on", models.DateField(verbose_name="Published on")),
                ("plain_summary", models.TextField(blank=True, verbose_name="Summary in plain language")),
                ("without_summary_reason", models.TextField(blank=True, verbose_name="Why there is no summary")),
                ("for_whom", models.CharField(blank=True, max_length=200, verbose_name="For whom is this?")),
                ("what_we_ask", models.CharField(blank=True, max_length=200, verbose_name="What do we ask?")),
                (
                    "what_they_said",
                    models.CharField(blank=True, max_length=200, verbose_name="What did the municipality say?"),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="advice.letter"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="Question")),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="advice.advice"
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
                "ordering": ["number"],
            },
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
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="Recommendation")),
                ("reason", models.TextField(blank=True, verbose_name="Why")),
                (
                    "refers_to",
                    models.CharField(blank=True, max_length=300, verbose_name="Document and article or page"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recommendations", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "rests_on",
                    models.ManyToManyField(blank=True, related_name="recommendations", to="consultations.activity"),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("advice", "number"),
                        name="advice_recommendation_number_once",
                    )
                ],
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
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being written"), ("final", "Given"), ("lapsed", "No longer needed")],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "registered",
                    models.BooleanField(default=False, help_text="Entered by the secretary from a letter or mail"),
                ),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="Date of the letter")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decision of the executive on")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="Reference")),
                ("text", models.TextField(blank=True, verbose_name="Text above the answers")),
                ("signed_by", models.CharField(blank=True, max_length=200)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("draft", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("extended_until", models.DateField(blank=True, null=True)),
                (
                    "not_offered_reason",
                    models.TextField(blank=True, verbose_name="Why was the advice not offered to the executive?"),
                ),
                (
                    "approval_outside",
                    models.BooleanField(default=False, help_text="The alderman agreed, but not in the portal"),
                ),
                ("approval_asked_for", models.PositiveIntegerField(blank=True, null=True)),
                ("approval_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "copy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="response", to="advice.lettercopy"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "lapsed"]),
                            models.Q(("dated_on__isnull", False), ("given_at__isnull", False), ("state", "final")),
                            _connector="OR",
                        ),
                        name="advice_response_dated_when_given",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(help_text="Of the draft that was read")),
                ("agreed", models.BooleanField(verbose_name="Do you agree?")),
                ("note", models.TextField(blank=True, verbose_name="What should change?")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="advice.response"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agreed", True), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="advice_approval_or_note",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="advice.response"
            ),
        ),
        migrations.CreateModel(
            name="ResponseExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("extended_on", models.DateField(verbose_name="Date of the message")),
                ("until", models.DateField(verbose_name="New last day")),
                ("reason", models.TextField(verbose_name="Why does it take longer?")),
                ("article", models.CharField(blank=True, max_length=200)),
                ("steps", models.JSONField(default=list)),
                (
                    "registered",
                    models.BooleanField(default=False, help_text="Entered by the secretary from a letter or mail"),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="advice.lettercopy"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="advice_responseextension_with_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("extended_on"))),
                        name="advice_responseextension_ahead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponseLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("letter", "A letter, recommendation by recommendation"),
                            ("table", "A table with two columns: recommendation and answer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="advice.response"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResponsePdf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renderer", models.CharField(max_length=60)),
                ("rendered_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pdf", to="advice.responseletter"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResponseSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("based_on", models.PositiveIntegerField(help_text="The version that the writer had in front of them")),
                ("typed", models.JSONField()),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="saves", to="advice.response"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("heading", models.CharField(max_length=200, verbose_name="Heading")),
                ("text", models.TextField(blank=True, verbose_name="Text")),
                ("hint", models.TextField(blank=True, help_text="What the template says should stand here")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="advice.advice"
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
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quoted", models.TextField(blank=True, help_text="The paragraph as it was when this was said")),
                ("text", models.TextField(verbose_name="Your comment")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="advice.advice"
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
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="advice.recommendation",
                        verbose_name="About which part",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="advice.section",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="SectionSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section_id", models.BigIntegerField(db_index=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("based_on", models.PositiveIntegerField(help_text="The version its author saw")),
                (
                    "became",
                    models.PositiveIntegerField(help_text="The version it made; empty when it was too late", null=True),
                ),
                ("heading", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Why did you change it?")),
                ("automatic", models.BooleanField(default=False)),
                (
                    "advice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_saves",
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
            name="Signatory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                ("role", models.CharField(max_length=100, verbose_name="Role")),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatories", to="advice.advice"
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
                "ordering": ["position"],
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("council", "document"), name="advice_texttemplate_once")
                ],
            },
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
                "constraints": [
                    models.UniqueConstraint(fields=("advice", "number"), name="advice_version_number_once")
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="advice_proposal_settled_at_with_settled_by",
                    )
                ],
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("council"),
                        django.db.models.functions.text.Lower("hard"),
                        name="advice_wordsuggestion_once",
                    )
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("advice",),
                        name="advice_writtenprocedure_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                        name="advice_writtenprocedure_closes_later",
                    ),
                ],
            },
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
            options={
                "constraints": [models.UniqueConstraint(fields=("procedure", "person"), name="advice_vote_once")],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("procedure", "person"), name="advice_elector_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recused_at__isnull", True), ("recused_by__isnull", True)),
                            models.Q(("recused_at__isnull", False), ("recused_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="advice_elector_recused_at_with_recused_by",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="CommitmentReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "On its way"),
                            ("done", "Done"),
                            ("agreed", "The council agrees"),
                            ("disagreed", "The council does not agree"),
                        ],
                        max_length=20,
                    ),
                ),
                ("by_council", models.BooleanField()),
                ("happened_on", models.DateField(verbose_name="On which day?")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="What can be said of it?")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="Where it can be read")),
                ("due_before", models.DateField(null=True)),
                ("due_after", models.DateField(null=True)),
                ("owner_before", models.CharField(blank=True, max_length=200)),
                ("owner_after", models.CharField(blank=True, max_length=200)),
                ("reported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.authority"
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="advice.commitment"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["done", "disagreed"]), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            ("document__isnull", False),
                            _connector="OR",
                        ),
                        name="advice_commitmentreport_with_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_after__isnull", True), ("due_before__isnull", True)),
                            models.Q(("due_after__isnull", False), ("due_before__isnull", False)),
                            _connector="OR",
                        ),
                        name="advice_commitmentreport_due_before_with_due_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_after__isnull", True), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="advice_commitmentreport_moved_with_reason",
                    ),
                ],
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("council"),
                        django.db.models.functions.text.Lower("term"),
                        name="advice_glossaryterm_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JointAdoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_on", models.DateField(verbose_name="Decided on")),
                ("sha256", models.CharField(help_text="Of the adopted text", max_length=64)),
                ("signatories", models.JSONField(default=list)),
                (
                    "registered",
                    models.BooleanField(
                        default=False, help_text="Entered by the leading council from a letter or mail"
                    ),
                ),
                ("proof", models.CharField(blank=True, max_length=300, verbose_name="How do we know?")),
                ("declined_because", models.TextField(blank=True, verbose_name="Why does your council say no?")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joint_adoptions", to="advice.advice"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("registered", False), models.Q(("proof", ""), _negated=True), _connector="OR"
                        ),
                        name="advice_jointadoption_with_proof",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LaterDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("adopted", "Adopted"),
                            ("partly", "Partly adopted"),
                            ("rejected", "Not adopted"),
                            ("already_policy", "Already policy"),
                            ("later", "Decision follows later"),
                        ],
                        max_length=20,
                        verbose_name="What was decided?",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="Decided on")),
                ("text", models.CharField(max_length=500, verbose_name="How do we know?")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="Where it can be read")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="later_decisions", to="advice.answer"
                    ),
                ),
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict", "later"), _negated=True), name="advice_laterdecision_decided"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(fields=["council", "-created_at"], name="advice_advice_council"),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concerns__isnull", True), ("relation", "")),
                    models.Q(("concerns__isnull", False), models.Q(("relation", ""), _negated=True)),
                    _connector="OR",
                ),
                name="advice_advice_concerns_with_relation",
            ),
        ),
        migrations.AddConstraint(
            model_name="ladderletter",
            constraint=models.UniqueConstraint(fields=("copy", "kind"), name="advice_ladderletter_once"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("response", "number"), name="advice_answer_once"),
        ),
        migrations.AddConstraint(
            model_name="opinionround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("advice",), name="advice_opinionround_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "present__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("in_favour"), "+", models.F("against")
                            ),
                            "+",
                            models.F("abstained"),
                        ),
                    )
                ),
                name="advice_decision_votes_within_present",
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
        insert_only(
            "advice_sectionsave",
            "advice_decision",
            "advice_adoptedtext",
            "advice_letter",
            "advice_lettercopy",
            "advice_letterpdf",
            "advice_importedfile",
            "advice_recommendationsave",
            "advice_version",
            "advice_editorialtext",
            "advice_ratification",
            "advice_largeprint",
            "advice_jointadoption",
            "advice_responsesave",
            "advice_approval",
            "advice_responseletter",
            "advice_responsepdf",
            "advice_letterstep",
            "advice_responseextension",
            "advice_ladderletter",
            "advice_ladderpdf",
            "advice_commitmentreport",
            "advice_laterdecision",
        ),
        # Letters are few and come one by one: without fastupdate no list waits to be merged.
        migrations.RunSQL(
            "CREATE INDEX advice_letter_words ON advice_letter USING gin (to_tsvector('dutch'::regconfig, text))"
            " WITH (fastupdate = off)",
            "DROP INDEX advice_letter_words",
        ),
    ]
