import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("councils", "0001_councils_and_members"),
        ("councils", "0002_elections"),
        ("councils", "0003_answers_and_signatures"),
    ]

    initial = True

    dependencies = [
        ("portal", "0001_all_of_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Council",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="Name")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_domain", "Advisory council for the social domain"),
                            ("wmo", "Wmo council"),
                            ("participation", "Participation council"),
                            ("client", "Client council"),
                            ("client_panel", "Client panel"),
                            ("youth", "Youth council"),
                            ("seniors", "Seniors' council"),
                            ("disability", "Disability council"),
                            ("other", "Other"),
                        ],
                        default="social_domain",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("committee", "Committee of the authority"),
                            ("foundation", "Foundation"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="Legal form",
                    ),
                ),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="Founded on")),
                (
                    "delegated_by_councils",
                    models.BooleanField(default=False, verbose_name="Members are delegates of other councils"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address of the council")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Phone number")),
                ("post_address", models.TextField(blank=True, verbose_name="Post address")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Place above letters")),
                ("about", models.TextField(blank=True, verbose_name="About the council, for the public page")),
                (
                    "number_pattern",
                    models.CharField(
                        default="{year}-{serial:02}",
                        help_text="With {year}, {yy}, {month}, {day} and {serial}, such as ASD {year}-{serial}.",
                        max_length=60,
                        verbose_name="Pattern of the letter numbers",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="Name")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("municipality", "Municipality"),
                            ("joint_authority", "Joint authority"),
                            ("national_body", "National body"),
                        ],
                        default="municipality",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "tooi",
                    models.CharField(blank=True, help_text="Such as gm0344.", max_length=6, verbose_name="TOOI code"),
                ),
                (
                    "addressee",
                    models.CharField(
                        default="College van burgemeester en wethouders",
                        max_length=200,
                        verbose_name="Addressee of letters",
                    ),
                ),
                ("salutation", models.CharField(default="Geacht college,", max_length=100, verbose_name="Salutation")),
                ("theme", models.CharField(blank=True, max_length=40, verbose_name="Theme")),
                (
                    "answer_form",
                    models.CharField(
                        choices=[
                            ("letter", "A letter, recommendation by recommendation"),
                            ("table", "A table with two columns: recommendation and answer"),
                        ],
                        default="letter",
                        max_length=20,
                        verbose_name="Form of the answer to an advice",
                    ),
                ),
                ("signatories", models.JSONField(blank=True, default=list, verbose_name="Who sign for the executive")),
                (
                    "office",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_of",
                        to="portal.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "authorities",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tooi", ""), _negated=True),
                        fields=("tooi",),
                        name="councils_authority_tooi_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tooi", ""), ("tooi__regex", "^gm[0-9]{4}$"), _connector="OR"),
                        name="councils_authority_tooi_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("contact_officer", "Contact officer"),
                            ("policy_officer", "Policy officer"),
                            ("alderman", "Alderman"),
                            ("secretariat", "Executive's secretariat"),
                            ("clerk", "Clerk"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="Role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Last day")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="portal.person"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="councils.authority",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "authority", "role", "starts_on"),
                        name="councils_appointment_once_per_start",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority__isnull", True), ("role", "administrator")),
                            models.Q(models.Q(("role", "administrator"), _negated=True), ("authority__isnull", False)),
                            _connector="OR",
                        ),
                        name="councils_appointment_authority_unless_administrator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="councils_appointment_ends_on_not_before_starts_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="client_groups", to="councils.council"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("council", "name"), name="councils_clientgroup_once")],
            },
        ),
        migrations.CreateModel(
            name="CouncilDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(choices=[("logo", "Logo"), ("rules", "Rules"), ("other", "Other")], max_length=20),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="councils.council"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("deputy_chair", "Deputy chair"),
                            ("secretary", "Secretary"),
                            ("member", "Member"),
                            ("treasurer", "Treasurer"),
                            ("minute_taker", "Minute taker"),
                        ],
                        default="chair",
                        max_length=20,
                        verbose_name="For which function?",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closes_at", models.DateTimeField(verbose_name="Closes")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("sentence", models.TextField(blank=True, help_text="What came of it, in Dutch")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="elections", to="councils.council"
                    ),
                ),
                (
                    "elected",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.person",
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
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                        name="councils_election_closes_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.TextField(blank=True, verbose_name="About the candidate")),
                (
                    "person",
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
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="candidates", to="councils.election"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("election", "person"), name="councils_candidate_once")],
            },
        ),
        migrations.CreateModel(
            name="ElectionVoter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_voted", models.BooleanField(default=False)),
                ("on_behalf", models.BooleanField(default=False, help_text="Somebody else put the vote in the box")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="voters", to="councils.election"
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
                "constraints": [
                    models.UniqueConstraint(fields=("election", "person"), name="councils_electionvoter_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinance", "Ordinance"),
                            ("regulation", "Regulation"),
                            ("detailed_rules", "Detailed rules"),
                            ("policy_rules", "Policy rules"),
                            ("covenant", "Covenant"),
                            ("rules_of_procedure", "Rules of procedure"),
                            ("working_agreements", "Working agreements"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "adopted_by",
                    models.CharField(
                        choices=[
                            ("municipal_council", "Municipal council"),
                            ("executive", "Executive"),
                            ("joint_board", "Joint board"),
                            ("board_of_directors", "Board of directors"),
                            ("council_itself", "The council itself"),
                            ("both_parties", "Both parties"),
                        ],
                        max_length=20,
                        verbose_name="Adopted by",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="Where it is published")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="Valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="Last day")),
                ("legal_bases", models.JSONField(blank=True, default=list)),
                (
                    "yields_to",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="The instrument that prevails over this one"
                    ),
                ),
                ("rules", models.JSONField(blank=True, default=dict)),
                ("remarks", models.JSONField(blank=True, default=list)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instruments", to="councils.council"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "title", "valid_from"), name="councils_instrument_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="councils_instrument_valid_until_not_before_valid_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("deputy_chair", "Deputy chair"),
                            ("secretary", "Secretary"),
                            ("member", "Member"),
                            ("treasurer", "Treasurer"),
                            ("minute_taker", "Minute taker"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="Role",
                    ),
                ),
                ("votes", models.BooleanField(default=True, verbose_name="Votes")),
                (
                    "secretary_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "Employed by the authority"),
                            ("member", "Member of the council"),
                            ("paid_independent", "Paid, independent"),
                            ("volunteer", "Volunteer"),
                        ],
                        max_length=20,
                        verbose_name="Kind of secretary",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Last day")),
                (
                    "named_in_public",
                    models.BooleanField(default=False, verbose_name="Agrees to be named on the public page"),
                ),
                (
                    "client_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="councils.clientgroup",
                        verbose_name="Speaks for",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="councils.council"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="portal.person"
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.document",
                        verbose_name="Picture of the signature",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "starts_on"], name="councils_membership_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "council", "role", "starts_on"), name="councils_membership_once_per_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("secretary_kind", ""), ("role", "secretary"), _connector="OR"),
                        name="councils_membership_secretary_kind_of_secretary",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="councils_membership_ends_on_not_before_starts_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretVote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "candidate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.candidate",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="councils.election"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServedBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="From")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Last day")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="served_by", to="councils.authority"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="served_bodies", to="councils.council"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "authority", "starts_on"),
                        name="councils_servedbody_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="councils_servedbody_ends_on_not_before_starts_on",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="council",
            name="authorities",
            field=models.ManyToManyField(
                related_name="councils", through="councils.ServedBody", to="councils.authority"
            ),
        ),
    ]
