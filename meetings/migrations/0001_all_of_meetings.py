import uuid

import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from portal.constraints import insert_only


class Migration(migrations.Migration):
    replaces = [
        ("meetings", "0001_meetings"),
        ("meetings", "0002_whole_meeting"),
        ("meetings", "0003_notes_and_rounds"),
        ("meetings", "0004_what_changed"),
        ("meetings", "0005_minutes_and_editions"),
        ("meetings", "0006_minutes_say_adopted"),
        ("meetings", "0007_item_source"),
        ("meetings", "0008_reminders_by_kind"),
    ]

    initial = True

    dependencies = [
        ("councils", "0001_all_of_councils"),
        ("portal", "0001_all_of_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                (
                    "aim",
                    models.CharField(
                        choices=[("inform", "Inform"), ("discuss", "Form an opinion"), ("decide", "Decide")],
                        default="inform",
                        max_length=20,
                        verbose_name="Aim",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="Minutes")),
                ("speaker", models.CharField(blank=True, max_length=200, verbose_name="Guest who speaks")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("typed", "Typed"),
                            ("standing", "Standing item"),
                            ("last_minutes", "Minutes of the last meeting"),
                            ("open_actions", "Open actions"),
                            ("proposal", "Proposed by a member"),
                            ("request", "Request for advice"),
                            ("advice", "Advice to adopt"),
                            ("response", "Answer that is due"),
                        ],
                        default="typed",
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, help_text="The offer it was made from: “advice:12”", max_length=60),
                ),
                ("is_closed", models.BooleanField(default=False, verbose_name="Closed item")),
                ("closed_ground", models.CharField(blank=True, max_length=300, verbose_name="Why closed")),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("report", models.TextField(blank=True, verbose_name="What was said")),
                ("decision", models.TextField(blank=True, verbose_name="What was decided")),
                ("public_report", models.TextField(blank=True, verbose_name="Short text for the public report")),
                ("version", models.PositiveIntegerField(default=0, help_text="Of report, decision and public_report")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "deputy_chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Who chairs this item instead",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Who brings it in",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="DatePoll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plenary", "Plenary meeting"),
                            ("board", "Board meeting"),
                            ("working_group", "Working group"),
                            ("consultation", "Consultation with the authority"),
                            ("dialogue", "Dialogue"),
                        ],
                        default="plenary",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="Place")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_by", models.DateField(verbose_name="Last day to answer")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="date_polls", to="councils.council"
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
            name="DateOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="Starts")),
                ("ends_at", models.DateTimeField(verbose_name="Ends")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="meetings.datepoll"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "starts_at"), name="meetings_dateoption_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="meetings_dateoption_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_read_on", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feed_addresses", to="portal.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("person",),
                        name="meetings_feedaddress_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sends_at", models.DateTimeField()),
                (
                    "asked_again",
                    models.JSONField(default=dict, help_text="Who was withdrawn before: invitee id to that moment"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
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
        ),
        migrations.CreateModel(
            name="ItemMinutesVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(blank=True, help_text="Empty: it never came in the minutes", null=True),
                ),
                ("based_on", models.PositiveIntegerField(default=0, help_text="The version that the writer saw")),
                (
                    "automatic",
                    models.BooleanField(default=False, help_text="Kept while somebody typed, for its author only"),
                ),
                ("report", models.TextField(blank=True)),
                ("decision", models.TextField(blank=True)),
                ("public_report", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_versions",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "version"), name="meetings_itemminutes_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plenary", "Plenary meeting"),
                            ("board", "Board meeting"),
                            ("working_group", "Working group"),
                            ("consultation", "Consultation with the authority"),
                            ("dialogue", "Dialogue"),
                        ],
                        default="plenary",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("starts_at", models.DateTimeField(verbose_name="Starts")),
                ("ends_at", models.DateTimeField(verbose_name="Ends")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="Place")),
                ("online_link", models.URLField(blank=True, verbose_name="Online link")),
                ("is_public", models.BooleanField(default=False, verbose_name="Public meeting")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("invited", "Invitations sent"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.TextField(blank=True, verbose_name="What came of it")),
                ("working_group", models.CharField(blank=True, max_length=120, verbose_name="Working group")),
                (
                    "reminder_days",
                    models.JSONField(blank=True, help_text="Days before, such as [7, 1]; null: by its kind", null=True),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, help_text="LAST-MODIFIED of the calendar"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="councils.authority",
                        verbose_name="Consultation with",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Chair of this meeting",
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
                        verbose_name="Whom to call with questions",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="councils.council"
                    ),
                ),
                (
                    "current_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["council", "starts_at"], name="meetings_meeting_council")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="meetings_meeting_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="What should we talk about?")),
                ("why", models.TextField(blank=True, verbose_name="Why?")),
                (
                    "aim",
                    models.CharField(
                        choices=[("inform", "Inform"), ("discuss", "Form an opinion"), ("decide", "Decide")],
                        default="discuss",
                        max_length=20,
                        verbose_name="Aim",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="Minutes")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not decided yet"),
                            ("taken_up", "On the agenda"),
                            ("declined", "Not on the agenda"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="Why not?")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_proposals",
                        to="councils.council",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposal",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="item_proposals", to="portal.person"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_proposals",
                        to="meetings.meeting",
                        verbose_name="For which meeting?",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meetings_itemproposal_declined_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.CharField(
                        choices=[("none", "No answer yet"), ("accepted", "Comes"), ("declined", "Does not come")],
                        default="none",
                        max_length=20,
                        verbose_name="Answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_via",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("page", "On the page"),
                            ("link", "With the link in the mail"),
                            ("calendar", "From the calendar"),
                            ("behalf", "Entered by the secretary"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="Do you want to tell the secretary something?"
                    ),
                ),
                (
                    "asked_sequence",
                    models.PositiveIntegerField(default=0, help_text="SEQUENCE of the meeting that was last told"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Member of the council"),
                            ("guest", "Guest"),
                            ("authority", "On behalf of the authority"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="Comes as",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("paper", "Paper"), ("phone", "Phone")],
                        default="email",
                        max_length=20,
                        verbose_name="Invited by",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, help_text="No longer invited; a CANCEL went out", null=True),
                ),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="Posted on")),
                ("phoned_on", models.DateField(blank=True, null=True, verbose_name="Phoned on")),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("unknown", "Not noted"),
                            ("present", "Present"),
                            ("absent_notified", "Absent with notice"),
                            ("absent_unnotified", "Absent without notice"),
                        ],
                        default="unknown",
                        max_length=20,
                        verbose_name="Attendance",
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
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Who comes instead",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitees", to="portal.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        help_text="The press of “send” that asked this person",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitees",
                        to="meetings.invitationround",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitees", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "person"), name="meetings_invitee_once")],
            },
        ),
        migrations.AddField(
            model_name="invitationround",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitation_rounds", to="meetings.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("guest", "Guest"),
                            ("authority", "On behalf of the authority"),
                            ("gallery", "Public gallery"),
                        ],
                        default="guest",
                        max_length=20,
                        verbose_name="As what?",
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="On behalf of")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="meetings.meeting"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="datepoll",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="date_poll",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agenda_items", to="meetings.meeting"
            ),
        ),
        migrations.CreateModel(
            name="MeetingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField(help_text="SEQUENCE of the meeting after this change")),
                ("facts", models.JSONField(help_text='{"place": ["old", "new"]}; of a person the id')),
                ("is_mailed", models.BooleanField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("text", models.TextField(verbose_name="What was decided")),
                ("decided_on", models.DateField(verbose_name="Decided on")),
                (
                    "quorum",
                    models.JSONField(
                        blank=True, default=dict, help_text="present, needed, met, article: as judged that day"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_decisions",
                        to="councils.council",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registered_decisions",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="meetings.meetingdecision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("council", "number"), name="meetings_decision_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingPack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("edition", models.PositiveSmallIntegerField()),
                ("is_supplement", models.BooleanField(default=False)),
                ("large", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="Name")),
                (
                    "holds",
                    models.JSONField(default=dict, help_text="What is in it: agenda hash, ids and SHA-256 of papers"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits its turn"),
                            ("working", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("done", models.PositiveSmallIntegerField(default=0, help_text="Parts that are ready, of `parts`")),
                ("parts", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
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
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "edition", "large"), name="meetings_pack_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("document__isnull", False), _connector="OR"
                        ),
                        name="meetings_pack_ready_has_document",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plenary", "Plenary meeting"),
                            ("board", "Board meeting"),
                            ("working_group", "Working group"),
                            ("consultation", "Consultation with the authority"),
                            ("dialogue", "Dialogue"),
                        ],
                        default="plenary",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("starts", models.TimeField(verbose_name="Starts at")),
                ("ends", models.TimeField(verbose_name="Ends at")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="Place")),
                ("online_link", models.URLField(blank=True, verbose_name="Online link")),
                ("is_public", models.BooleanField(default=False, verbose_name="Public meeting")),
                ("working_group", models.CharField(blank=True, max_length=120, verbose_name="Working group")),
                (
                    "agenda",
                    models.JSONField(
                        blank=True, default=list, help_text='[{"title", "aim", "minutes"}] in their order'
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_templates",
                        to="councils.council",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("council", "name"), name="meetings_template_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("correction", "Members read along"),
                            ("adopted", "Adopted by the meeting"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("corrections_until", models.DateField(blank=True, null=True, verbose_name="Corrections until")),
                ("adopted_on", models.DateField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, help_text="The last withdrawal from the public page", null=True),
                ),
                ("withdrawn_why", models.CharField(blank=True, max_length=300, verbose_name="Why is it withdrawn?")),
                (
                    "adopted_at_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopts_minutes",
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "minutes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adopted_on__isnull", False), ("state", "adopted")),
                            models.Q(models.Q(("state", "adopted"), _negated=True), ("adopted_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="meetings_minutes_adopted_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AdoptedMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(help_text="Plain data of the whole minutes, the source of page and PDF")),
                ("sha256", models.CharField(max_length=64)),
                ("adopted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted_by",
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
                    "minutes",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adopted", to="meetings.minutes"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MinutesCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="What should be different?")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not handled yet"),
                            ("taken_over", "Taken over"),
                            ("declined", "Not taken over"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="What was done with it")),
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="meetings.minutes"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "from_item",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: from the opening",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "invitee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="meetings.invitee"
                    ),
                ),
                (
                    "until_item",
                    models.ForeignKey(
                        blank=True,
                        help_text="The last item that she was there for; empty: until the end",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.agendaitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveSmallIntegerField()),
                (
                    "content",
                    models.JSONField(
                        help_text="Plain data, without closed items and without who did not agree to be named"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="meetings.adoptedminutes",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("adopted", "edition"), name="meetings_publicminutes_edition_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("large", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="meetings.adoptedminutes"
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
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the whole minutes",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="meetings.publicminutes",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("adopted", "publication", "large"),
                        name="meetings_minutesfile_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="Why?")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="meetings.agendaitem"
                    ),
                ),
                (
                    "noted_by",
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "person"), name="meetings_recusal_once")],
            },
        ),
        migrations.CreateModel(
            name="StandingItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("plenary", "Plenary meeting"),
                            ("board", "Board meeting"),
                            ("working_group", "Working group"),
                            ("consultation", "Consultation with the authority"),
                            ("dialogue", "Dialogue"),
                        ],
                        max_length=20,
                        verbose_name="For which meetings?",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("at_end", models.BooleanField(default=False, verbose_name="At the end of the agenda")),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                (
                    "aim",
                    models.CharField(
                        choices=[("inform", "Inform"), ("discuss", "Form an opinion"), ("decide", "Decide")],
                        default="inform",
                        max_length=20,
                        verbose_name="Aim",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=5, verbose_name="Minutes")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("typed", "Typed"),
                            ("standing", "Standing item"),
                            ("last_minutes", "Minutes of the last meeting"),
                            ("open_actions", "Open actions"),
                            ("proposal", "Proposed by a member"),
                            ("request", "Request for advice"),
                            ("advice", "Advice to adopt"),
                            ("response", "Answer that is due"),
                        ],
                        default="standing",
                        max_length=20,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_items",
                        to="councils.council",
                    ),
                ),
            ],
            options={
                "ordering": ["at_end", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Visitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="Your name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Phone number")),
                (
                    "people",
                    models.PositiveSmallIntegerField(default=1, verbose_name="With how many people do you come?"),
                ),
                ("needs", models.CharField(blank=True, max_length=300, verbose_name="What do you need to take part?")),
                ("announced_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visitors", to="meetings.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccessNeeds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("papers_on_paper", models.BooleanField(default=False, verbose_name="Papers on paper")),
                ("large_print", models.BooleanField(default=False, verbose_name="Papers in large letters (16 points)")),
                ("call_before", models.BooleanField(default=False, verbose_name="Call me the day before")),
                ("taxi", models.BooleanField(default=False, verbose_name="A taxi, there and back")),
                ("wheelchair", models.BooleanField(default=False, verbose_name="A place for my wheelchair")),
                ("hearing_loop", models.BooleanField(default=False, verbose_name="A hearing loop")),
                ("companion", models.BooleanField(default=False, verbose_name="My companion comes along")),
                (
                    "interpreter",
                    models.CharField(blank=True, max_length=100, verbose_name="An interpreter, for which language?"),
                ),
                ("other", models.CharField(blank=True, max_length=300, verbose_name="Something else")),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="access_needs", to="councils.council"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="access_needs", to="portal.person"
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("council", "person"), name="meetings_accessneeds_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(help_text="20261121-003, shared with the decisions of the day", max_length=20),
                ),
                ("text", models.CharField(max_length=300, verbose_name="What")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="Last day")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="Done on")),
                ("done_note", models.CharField(blank=True, max_length=300, verbose_name="What was done?")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="action_items", to="councils.council"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                        verbose_name="Noted by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="portal.person",
                        verbose_name="Who",
                    ),
                ),
                (
                    "agenda_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="meetings.agendaitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("council", "number"), name="meetings_actionitem_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("embargo", "Confidential until a day"),
                            ("confidential", "Confidential"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="Who may read it",
                    ),
                ),
                ("embargo_until", models.DateField(blank=True, null=True, verbose_name="Last day of the embargo")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="meetings.agendaitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("embargo_until__isnull", False), ("visibility", "embargo")),
                            models.Q(
                                models.Q(("visibility", "embargo"), _negated=True), ("embargo_until__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="meetings_agendapaper_embargo_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DateAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Suits me"), ("maybe", "If need be"), ("no", "Does not suit me")],
                        max_length=10,
                        verbose_name="Answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.person"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="meetings.dateoption"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("option", "person"), name="meetings_dateanswer_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "position"),
                name="meetings_agendaitem_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_closed", False), models.Q(("closed_ground", ""), _negated=True), _connector="OR"
                ),
                name="meetings_agendaitem_closed_why",
            ),
        ),
        insert_only(
            "meetings_itemminutesversion",
            "meetings_adoptedminutes",
            "meetings_minutesfile",
            "meetings_meetingchange",
            "meetings_publicminutes",
        ),
    ]
