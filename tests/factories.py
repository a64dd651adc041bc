"""One factory per model; traits are named after states."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from advice.models import Advice, Recommendation, Section
from advice.states import AdviceKind
from consultations.models import Activity, AdviceRequest, CouncilRequest, PolicyTopic
from consultations.states import Form, RequestState
from councils.models import Appointment, Authority, Council, Instrument, Membership, ServedBody
from councils.states import AuthorityRole, CouncilRole, InstrumentKind
from meetings.models import AgendaItem, Meeting
from portal.models import Person, User


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    class Params:
        without_email = factory.Trait(email="", post_address="Dorpsstraat 1\n1234 AB Testdorp")

    name = factory.Sequence(lambda n: f"Persoon {n}")
    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.test")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda user: user.person.email)
    password = "!"


class AuthorityFactory(DjangoModelFactory):
    class Meta:
        model = Authority

    name = factory.Sequence(lambda n: f"Gemeente Test {n}")
    slug = factory.Sequence(lambda n: f"gemeente-test-{n}")
    office = factory.SubFactory(
        PersonFactory,
        name="College van burgemeester en wethouders",
        is_office=True,
        post_address="Postbus 1\n1234 AB Testdorp",
    )


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council

    name = factory.Sequence(lambda n: f"Adviesraad Test {n}")
    slug = factory.Sequence(lambda n: f"adviesraad-test-{n}")
    email = factory.LazyAttribute(lambda council: f"{council.slug}@voorbeeld.test")
    place = "Testdorp"
    post_address = "Postbus 2\n1234 AB Testdorp"


class ServedBodyFactory(DjangoModelFactory):
    class Meta:
        model = ServedBody

    council = factory.SubFactory(CouncilFactory)
    authority = factory.SubFactory(AuthorityFactory)
    starts_on = date(2020, 1, 1)


class InstrumentFactory(DjangoModelFactory):
    class Meta:
        model = Instrument

    council = factory.SubFactory(CouncilFactory)
    title = "Verordening adviesraad"
    kind = InstrumentKind.ORDINANCE
    adopted_by = "municipal_council"
    source = "Gemeenteblad 2020, 1"
    valid_from = date(2020, 1, 1)
    rules = factory.LazyFunction(
        lambda: {
            "advice_term": {"weeks": 6, "starts": "receipt", "extension_weeks": 2, "extension_in_writing": True},
            "may_decline_within_weeks": 2,
            "response_term": {"weeks": 8},
            "quorum": {"numerator": 1, "denominator": 2, "more_than": True, "of": "voting_members"},
            "decides_by": "majority",
            "invitation_days": 10,
            "term_years": 4,
            "members_min": 3,
            "members_max": 13,
            "articles": {
                "advice_term": "art. 7 lid 1",
                "response_term": "art. 8 lid 1",
                "quorum": "art. 5",
                "may_decline_within_weeks": "art. 7 lid 5",
                "invitation_days": "art. 3",
            },
        }
    )


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        chair = factory.Trait(role=CouncilRole.CHAIR)
        secretary = factory.Trait(role=CouncilRole.SECRETARY, votes=False)
        ended = factory.Trait(ends_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)))

    person = factory.SubFactory(PersonFactory)
    council = factory.SubFactory(CouncilFactory)
    role = CouncilRole.MEMBER
    starts_on = date(2024, 1, 1)


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    class Params:
        administrator = factory.Trait(role=AuthorityRole.ADMINISTRATOR, authority=None)

    person = factory.SubFactory(PersonFactory)
    authority = factory.SubFactory(AuthorityFactory)
    role = AuthorityRole.CONTACT_OFFICER
    starts_on = date(2024, 1, 1)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    council = factory.SubFactory(CouncilFactory)
    title = "Vergadering"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=2))
    place = "Gemeentehuis, zaal 2"


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    council = factory.LazyAttribute(lambda item: item.meeting.council)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Agendapunt {n}")


class PolicyTopicFactory(DjangoModelFactory):
    class Meta:
        model = PolicyTopic

    authority = factory.SubFactory(AuthorityFactory)
    name = factory.Sequence(lambda n: f"Onderwerp {n}")


class AdviceRequestFactory(DjangoModelFactory):
    class Meta:
        model = AdviceRequest

    class Params:
        submitted = factory.Trait(submitted_at=factory.LazyFunction(timezone.now))

    authority = factory.SubFactory(AuthorityFactory)
    subject = factory.Sequence(lambda n: f"Vraag {n}")
    summary = "Waar het over gaat."
    changeable = "De hoogte van de bijdrage."
    letter_date = factory.LazyFunction(timezone.localdate)
    created_by = factory.SubFactory(PersonFactory)


class CouncilRequestFactory(DjangoModelFactory):
    class Meta:
        model = CouncilRequest

    class Params:
        accepted = factory.Trait(state=RequestState.ACCEPTED)

    request = factory.SubFactory(AdviceRequestFactory, submitted=True)
    council = factory.SubFactory(CouncilFactory)
    received_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=6))
    due_article = "art. 7 lid 1"


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    council = factory.SubFactory(CouncilFactory)
    title = "Gesprek met mantelzorgers"
    form = Form.CONVERSATION
    held_on = factory.LazyFunction(timezone.localdate)
    count = 11
    heard = "De wachttijd is te lang."
    entered_by = factory.SubFactory(PersonFactory)


class AdviceFactory(DjangoModelFactory):
    class Meta:
        model = Advice
        skip_postgeneration_save = True

    council = factory.SubFactory(CouncilFactory)
    kind = AdviceKind.UNSOLICITED
    subject = factory.Sequence(lambda n: f"Advies over onderwerp {n}")
    plain_summary = "Wij vragen u om de wachttijd korter te maken."
    created_by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def authorities(advice, create, extracted, **kwargs):
        for authority in extracted or []:
            advice.authorities.add(authority)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    advice = factory.SubFactory(AdviceFactory)
    council = factory.LazyAttribute(lambda section: section.advice.council)
    position = factory.Sequence(lambda n: n + 1)
    heading = "Aanleiding"
    text = "<p>Wij horen veel over de wachttijd.</p>"


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    advice = factory.SubFactory(AdviceFactory)
    council = factory.LazyAttribute(lambda recommendation: recommendation.advice.council)
    number = factory.Sequence(lambda n: n + 1)
    text = "Maak de wachttijd korter."
    reason = "Mensen wachten nu acht weken."
