"""An exhibitor with a confirmed booth, its manager, its telephone, and a visitor with a ticket."""

import uuid
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.models import Forum
from exhibitors.models import Booth, BoothBooking, Exhibitor, ExhibitorManager
from leads.models import LeadScanner, PassSetting
from leads.passes import Staff
from leads.scanning import Held, Remarks, Taken, take_scan
from registrations import ticket
from registrations.enrolled_devices import enrol, enrolment_code
from registrations.models import Consent, Registration, RegistrationType
from tests.conftest import SignIn
from tests.exhibitors.factories import BookingPeriodFactory, BoothFactory, BoothTypeFactory, ExhibitionFactory
from tests.exhibitors.shown import claim, company
from tests.factories import RegistrationFactory, RegistrationTypeFactory, UserFactory


@pytest.fixture
def staff_type(forum: Forum) -> RegistrationType:
    """Give the kind of attendance of staff, which visitors cannot choose."""
    return RegistrationTypeFactory(forum=forum, slug="exhibitor", visibility="organizers")


@pytest.fixture
def pass_setting(forum: Forum, staff_type: RegistrationType) -> PassSetting:
    """Say as what staff attend."""
    return PassSetting.objects.create(forum=forum, type=staff_type)


@pytest.fixture
def booth(forum: Forum) -> Booth:
    """Give a booth that brings two passes."""
    BookingPeriodFactory(exhibition=ExhibitionFactory(forum=forum))
    kind = BoothTypeFactory(forum=forum, staff_passes=2)
    return BoothFactory(hall__forum=forum, type=kind)


@pytest.fixture
def exhibitor(forum: Forum, pass_setting: PassSetting) -> Exhibitor:
    """Give an exhibitor, without a booth yet."""
    assert pass_setting.forum_id == forum.pk
    return company(forum, "gasang", "Gasang Medi")


@pytest.fixture
def booking(exhibitor: Exhibitor, booth: Booth) -> BoothBooking:
    """Give the exhibitor's confirmed booth."""
    return claim(exhibitor, booth)


@pytest.fixture
def other(forum: Forum, booking: BoothBooking) -> Exhibitor:
    """Give another exhibitor of the forum, with a booth of its own."""
    found = company(forum, "rival", "Rival Robotics")
    claim(found, BoothFactory(hall=booking.booths.get().booth.hall, type__forum=forum))
    return found


def manager_of(exhibitor: Exhibitor, name: str) -> User:
    """Return an account that looks after an exhibitor."""
    user = UserFactory(email=f"{name.lower()}@{exhibitor.slug}.example", name=name)
    ExhibitorManager.objects.create(
        exhibitor=exhibitor, email=user.email, user=user, accepted_at=timezone.now()
    )
    return user


@pytest.fixture
def manager(exhibitor: Exhibitor) -> User:
    """Give the exhibitor's manager."""
    return manager_of(exhibitor, "Min")


@pytest.fixture
def browser(sign_in: SignIn, manager: User) -> Client:
    """Give the manager's browser."""
    return sign_in(manager)


@pytest.fixture
def rival(sign_in: SignIn, other: Exhibitor) -> Client:
    """Give the browser of another exhibitor's manager."""
    return sign_in(manager_of(other, "Roh"))


@pytest.fixture
def mai(forum: Forum) -> Registration:
    """Give a visitor with a ticket who agreed to nothing but the forum."""
    return RegistrationFactory(
        forum=forum,
        type=forum.registration_types.get(slug="guest"),
        code="VK-7H2K-94",
        name="Trần Thị Mai",
        email="mai@example.org",
        job_title="Bác sĩ",
        organization_name="Bệnh viện Minh Hoạ",
    )


@pytest.fixture
def phone(exhibitor: Exhibitor, booking: BoothBooking) -> LeadScanner:
    """Give a telephone that scans for the exhibitor."""
    assert booking.exhibitor_id == exhibitor.pk
    return LeadScanner.objects.create(exhibitor=exhibitor, name="Phone 1")


@pytest.fixture
def rival_phone(other: Exhibitor) -> LeadScanner:
    """Give a telephone of the other exhibitor."""
    return LeadScanner.objects.create(exhibitor=other, name="Rival phone")


def another(mai: Registration, **changes: Any) -> Registration:
    """Return another visitor of the same forum, or of another."""
    facts = {"forum": mai.forum, "type": mai.type, "code": "VK-8H2K-94", "name": "Lan"}
    return RegistrationFactory(**{**facts, **changes})


def agree(registration: Registration) -> Consent:
    """Let a visitor agree to contact by exhibitors."""
    return Consent.objects.create(
        registration=registration, kind="exhibitors", version=1, wording="They may write.", language="en"
    )


def badge(registration: Registration) -> str:
    """Return what the QR of a badge says."""
    return ticket.payload(
        code=registration.code, issue=registration.link_version, forum_id=registration.forum_id
    )


def held(text: str, *, id: uuid.UUID | None = None, at: datetime | None = None, **more: Any) -> Held:  # noqa: A002
    """Return a badge held to a telephone now, or at another time."""
    moment = at or timezone.now()
    return Held(id or uuid.uuid4(), text, moment, moment, **more)


def scan(
    registration: Registration, phone: LeadScanner, remarks: Remarks | None = None, **more: Any
) -> Taken:
    """Hold a visitor's badge to a telephone."""
    return take_scan(held(badge(registration), **more), scanner=phone, remarks=remarks)


def staff(number: int = 1, **changes: str) -> Staff:
    """Return a member of the staff."""
    return Staff(
        **{"name": f"Min {number}", "email": f"min{number}@gasang.example", "language": "ko", **changes}
    )


def enrolled(phone: LeadScanner, by: User) -> Client:
    """Return the browser of an enrolled telephone."""
    client = Client()
    _device, secret = enrol(LeadScanner.objects.all(), enrolment_code(phone, by=by))
    client.cookies["lead_scanner"] = secret
    return client
