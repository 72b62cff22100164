"""Kinds of attendance, registrations, what people agreed to, and what happens at the doors."""

from registrations.models.certificates import Certificate
from registrations.models.check_in import CheckInDevice, Door, Scan, Visit
from registrations.models.consents import Consent, ConsentPurpose
from registrations.models.decisions import DecisionReason
from registrations.models.delegations import Delegation
from registrations.models.documents import DocumentBatch
from registrations.models.enrolled import EnrolledDevice
from registrations.models.invitations import Invitation
from registrations.models.link_requests import LinkRequest
from registrations.models.places import PriorityClass, Quota, RegistrationType, RegistrationTypeQuerySet
from registrations.models.questions import Answer, Question, QuestionOption
from registrations.models.registration import Registration
from registrations.models.seats import SeatBooking, SeatWait
from registrations.models.writing import Broadcast

__all__ = [
    "Answer",
    "Broadcast",
    "Certificate",
    "CheckInDevice",
    "Consent",
    "ConsentPurpose",
    "DecisionReason",
    "Delegation",
    "DocumentBatch",
    "Door",
    "EnrolledDevice",
    "Invitation",
    "LinkRequest",
    "PriorityClass",
    "Question",
    "QuestionOption",
    "Quota",
    "Registration",
    "RegistrationType",
    "RegistrationTypeQuerySet",
    "Scan",
    "SeatBooking",
    "SeatWait",
    "Visit",
]
