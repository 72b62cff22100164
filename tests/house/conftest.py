"""A browser for each role, and rows to put into addresses."""

import uuid
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, ForumRole, User
from events.models import AgendaNotice, AgendaRelease, Forum, RoomBulletin, Session
from events.services import publish_agenda
from events.services.feeds import open_feed
from events.speaker_links import link_token as speaker_token
from outbox import kinds
from outbox.models import Message
from outbox.wording import Wording, save_wordings
from pages.my_forum.feed_link import feed_token
from registrations.broadcasts.unsubscribing import unsubscribe_url
from registrations.consents import consent_in
from registrations.links import link_path
from registrations.models import Answer, CheckInDevice, Scan
from registrations.services import PersonDetails, register
from speakers.models import Speaker
from tests.conftest import SignIn, organizer
from tests.factories import (
    BroadcastFactory,
    CertificateFactory,
    DecisionReasonFactory,
    DocumentBatchFactory,
    DoorFactory,
    ForumFactory,
    MaterialFactory,
    MembershipFactory,
    OrganizationFactory,
    ProposalFactory,
    SessionFactory,
    TopicFactory,
    at,
)
from tests.house.delegation_addresses import a_delegation
from tests.house.exhibition_rows import (
    DOCUMENT_FILE,
    billing_addresses,
    exhibition_rows,
    invitation_in,
    wait_in,
)
from tests.house.lead_rows import lead_addresses, lead_rows
from tests.house.permission_answers import ROLES
from tests.registrations.factories import (
    ConsentPurposeFactory,
    InvitationFactory,
    PriorityClassFactory,
    QuestionFactory,
    QuotaFactory,
)


@pytest.fixture
def forum(drafted_forum: Forum) -> Forum:
    drafted_forum.sessions.filter(slug="booths").update(seat_limit=20)
    publish_agenda(forum=drafted_forum, by=None)
    return drafted_forum


@pytest.fixture
def clients(
    forum: Forum,
    sign_in: SignIn,
    stranger: User,
    viewer: User,
    desk: User,
    agenda_editor: User,
    owner: User,
    owner_without_factor: User,
) -> dict[str, Client]:
    """Give a browser for each role."""
    other = ForumFactory(is_current=False, slug="elsewhere")
    people = {
        "stranger": stranger,
        "unproven": owner_without_factor,
        "elsewhere": organizer(other, ForumRole.Role.OWNER, "Elsa"),
        "viewer": viewer,
        "desk": desk,
        "agenda": agenda_editor,
        "owner": owner,
    }
    clients = {"anonymous": Client()} | {role: sign_in(user) for role, user in people.items()}
    assert list(clients) == ROLES
    return clients


@pytest.fixture
def arguments(forum: Forum, clients: dict[str, Client], owner: User) -> dict[str, Any]:
    """Give rows to put into addresses: by parameter, and by model for the admin."""
    registration = register(
        forum=forum,
        type=forum.registration_types.get(slug="guest"),
        form_token=uuid.uuid4(),
        details=PersonDetails(
            name="Trần Văn Khách",
            email="khach@example.org",
            organization_name="Bệnh viện Bạch Mai",
            country="VN",
            language="vi",
        ),
        consents=[consent_in(forum)],
    )
    code, token = link_path(registration).strip("/").split("/")[-2:]
    booths = Session.objects.get(slug="booths")
    session = Session.objects.select_related("room").get(slug="screening")
    assert session.room is not None
    speaker = Speaker.objects.get(slug="kim-ha-na")
    part = session.session_speakers.get(speaker=speaker)
    material = MaterialFactory(session=session, speaker=speaker, is_public=True)
    of_speaker = ProposalFactory(speaker=speaker, portrait=ContentFile(b"webp", "new.webp"))
    of_session = ProposalFactory(speaker=speaker, session=session, fields={"abstract_en": "New"})
    MembershipFactory(user=owner)
    message = Message.objects.get(recipient=registration.email)
    notice = AgendaNotice.objects.select_related("digest").first()
    assert notice is not None
    protocol = SessionFactory(forum=forum, slug="protocol", visibility="confidential", starts_at=at(15))
    feed = open_feed(owner, language="en")
    mail = {"pk": notice.digest.pk, "notice": notice.pk}
    broadcast = BroadcastFactory(forum=forum)
    [wording] = save_wordings(
        forum_id=forum.pk,
        kind=kinds.get("registration.confirmed"),
        wordings={"ko": Wording(subject="{name}")},
        version="0-0-0",
        by=owner,
    )
    door = DoorFactory(forum=forum)
    device = CheckInDevice.objects.create(forum=forum, door=door, name="Phone")
    Scan.objects.create(
        forum=forum,
        door=door,
        registration=registration,
        direction="in",
        method="typed",
        result="wrong_day",
        at=timezone.now(),
    )
    delegation, of_delegation = a_delegation(forum)
    document = Answer(
        registration=registration,
        question=QuestionFactory(forum=forum, kind="file"),
        file_name="card.pdf",
        content_type="application/pdf",
    )
    document.file.save("card.pdf", ContentFile(b"%PDF-"))
    batch = DocumentBatchFactory(forum=forum, status="ready", expires_at=at(10))
    batch.file.save("badges.pdf", ContentFile(b"%PDF-"))
    certificate = CertificateFactory(registration=registration, forum=forum)
    rows: dict[str, Any] = {
        "outbox_message": message,
        "accounts_organization": OrganizationFactory(),
        "accounts_user": forum.roles.get(role="viewer").user,
        "accounts_forumrole": forum.roles.get(role="viewer"),
        "accounts_auditentry": AuditEntry.objects.filter(forum_id=forum.pk).first(),
        "speakers_speaker": Speaker.objects.get(slug="kim-ha-na"),
        "events_forum": forum,
        "events_venue": forum.venue,
        "events_track": forum.tracks.first(),
        "events_topic": TopicFactory(),
        "events_session": session,
        "events_agendarelease": AgendaRelease.objects.get(),
        "events_agendadigest": notice.digest,
        "events_proposal": of_session,
        "events_material": material,
        "events_roombulletin": RoomBulletin.objects.create(
            forum=forum, room=session.room, day=forum.main_day
        ),
        "registrations_registration": registration,
        "registrations_registrationtype": registration.type,
        "registrations_quota": QuotaFactory(forum=forum),
        "registrations_priorityclass": PriorityClassFactory(forum=forum),
        "registrations_invitation": InvitationFactory(type=registration.type),
        "registrations_question": QuestionFactory(forum=forum),
        "registrations_consentpurpose": ConsentPurposeFactory(forum=forum),
        "registrations_decisionreason": DecisionReasonFactory(forum=forum),
        "registrations_delegation": delegation,
        "registrations_door": door,
        "registrations_checkindevice": device,
        "registrations_scan": registration.scans.get(),
        "registrations_broadcast": broadcast,
        "registrations_documentbatch": batch,
        "registrations_certificate": certificate,
        "outbox_wordingoverride": wording,
        **exhibition_rows(forum),
    }
    rows |= lead_rows(rows)
    return {
        "code": code,
        "token": token,
        "rows": rows,
        "own": {"key": str(speaker.pk), "token": speaker_token(speaker.pk, speaker.link_version)},
        "material": {"uid": material.uid},
        "events:own_answer": {"part": part.pk},
        "events:own_absence_remove": {"entry": 1},
        "events:own_withdraw": {"proposal": of_speaker.pk},
        "events:own_abstract": {"uid": session.uid},
        "events:own_upload": {"uid": session.uid},
        "events:own_material": {"uid": material.uid},
        "events:own_material_remove": {"uid": material.uid},
        "admin:events_proposal_accept": {"pk": of_session.pk},
        "admin:events_proposal_decline": {"pk": of_session.pk},
        "admin:events_proposal_portrait": {"pk": of_speaker.pk},
        "admin:events_material_file": {"pk": material.pk},
        "admin:events_material_public": {"pk": material.pk},
        "admin:speakers_speaker_link": {"pk": speaker.pk, "name": "send"},
        "events:session": {"slug": session.slug},
        "events:session_calendar": {"slug": session.slug},
        "events:session_share": {"slug": session.slug},
        "events:places": {"slug": "booths"},
        "events:speaker": {"slug": "kim-ha-na"},
        "events:speaker_share": {"slug": "kim-ha-na"},
        "exhibitors:exhibitor": {"slug": "gasang"},
        "exhibitors:product": {"slug": "gasang", "product": "reader"},
        **{
            f"exhibitors:{name}": {"number": rows["exhibitors_booth"].number}
            for name in ("booth", "booth_hold", "booth_wait")
        },
        "exhibitors:bookings": {"slug": "gasang"},
        **{
            f"exhibitors:{name}": {"slug": "gasang", "pk": rows["exhibitors_boothbooking"].pk}
            for name in (
                *("booking", "bookings_accept", "bookings_give_back", "bookings_price", "bookings_again"),
                *("bookings_renew", "bookings_release", "bookings_answer", "bookings_leave_line"),
            )
        },
        "admin:exhibitors_exhibitor_people": {"pk": rows["exhibitors_exhibitor"].pk},
        "admin:exhibitors_exhibitor_people_button": {"object_id": rows["exhibitors_exhibitor"].pk},
        "exhibitors:join_finish": {"key": "nothing"},
        **{
            f"exhibitors:{name}": {"slug": "gasang"}
            for name in (
                *("dashboard", "profile", "languages", "products", "products_add"),
                *("people", "guests"),
            )
        },
        **{
            f"exhibitors:{name}": {"slug": "gasang", "pk": 1}
            for name in (
                *("products_edit", "products_delete", "products_move"),
                *("people_remove", "people_resend", "guests_remove", "guests_resend"),
            )
        },
        **billing_addresses(rows["exhibitors_invoice"]),
        **{f"exhibitors:{name}": {"slug": "gasang"} for name in ("tasks", "documents", "messages")},
        **{
            f"exhibitors:tasks_{name}": {"slug": "gasang", "pk": rows["exhibitors_exhibitortask"].pk}
            for name in ("one", "file")
        },
        "exhibitors:documents_file": {"slug": "gasang", "uid": DOCUMENT_FILE},
        **{
            f"admin:exhibitors_exhibitortask_{name}": {
                "pk": rows["exhibitors_exhibitortask"].pk,
                "exhibitor": rows["exhibitors_exhibitor"].pk,
            }
            for name in ("one", "file")
        },
        "admin:exhibitors_exhibitortask_export": {"ending": "csv"},
        "admin:exhibitors_exhibitordocument_file": {"uid": DOCUMENT_FILE},
        "admin:exhibitors_exhibitormessage_thread": {"pk": rows["exhibitors_exhibitor"].pk},
        "admin:exhibitors_exhibition_numbers_file": {"table": "booths", "ending": "csv"},
        "exhibitors:invitation": invitation_in(rows["exhibitors_exhibitor"]),
        "admin:exhibitors_boothbooking_line_deed": {
            "pk": wait_in(rows["exhibitors_exhibitor"], rows["exhibitors_booth"]).pk,
            "name": "rank",
        },
        **{
            f"admin:exhibitors_hall_{name}": {"pk": rows["exhibitors_hall"].pk}
            for name in (
                "row",
                "plan",
                "plan_save",
                "plan_check",
                "plan_arrange",
                "plan_row",
                "plan_deed",
                "plan_import",
            )
        },
        "admin:exhibitors_hall_plan_export": {"pk": rows["exhibitors_hall"].pk, "format": "json"},
        "pages:screen": {"room": "hall"},
        "pages:my_session": {"slug": protocol.slug},
        "pages:my_feed": {"number": feed.pk, "token": feed_token(feed.pk, feed.version)},
        "choose_language": {"code": "ko"},
        "admin:app_list": {"app_label": "events"},
        "admin:view_on_site": {
            "content_type_id": ContentType.objects.get_for_model(Session).pk,
            "object_id": session.pk,
        },
        **{
            f"admin:events_session_calendar_{name}": {"pk": session.pk}
            for name in ("session", "place", "preview")
        },
        "admin:events_agendarelease_restore": {"pk": AgendaRelease.objects.get().pk},
        **{f"admin:events_agendadigest_{name}": {"pk": notice.digest.pk} for name in ("send", "discard")},
        "admin:events_agendadigest_mail": mail,
        "admin:events_agendadigest_html": mail,
        "admin:events_agendadigest_file": {**mail, "number": 0},
        "admin:outbox_message_html": {"pk": message.pk},
        "admin:outbox_message_file": {"pk": message.pk, "number": 0},
        "admin:outbox_message_send_again": {"pk": message.pk},
        "admin:registrations_invitation_made": {"kind": registration.type.pk},
        "admin:registrations_registration_deed": {"pk": registration.pk, "name": "send-link"},
        "admin:registrations_registration_file": {"pk": registration.pk, "answer": document.pk},
        "admin:registrations_registration_seats_of": {"uid": booths.uid},
        "admin:registrations_registration_seat_deed": {
            "uid": booths.uid,
            "name": "give",
            "pk": registration.pk,
        },
        "check_in:enrol_link": {"code": "7H2K947H2K947H2K"},
        **{f"admin:registrations_checkindevice_{name}": {"pk": device.pk} for name in ("enrol", "revoke")},
        **{
            f"admin:registrations_checkindevice_{name}_button": {"object_id": device.pk}
            for name in ("enrol", "revoke")
        },
        "admin:outbox_wordingoverride_kind": {"forum": forum.pk, "kind": wording.kind},
        "admin:outbox_wordingoverride_html": {"forum": forum.pk, "kind": wording.kind, "language": "ko"},
        "registrations:certificate": {"code": certificate.code},
        "registrations:certificate_paper": {"code": code, "token": token, "number": certificate.code},
        **{f"admin:registrations_documentbatch_{name}": {"pk": batch.pk} for name in ("file", "stop")},
        "admin:registrations_documentbatch_person": {"pk": registration.pk},
        "admin:registrations_documentbatch_paper": {"pk": registration.pk, "name": "label"},
        "admin:registrations_certificate_paper": {"pk": certificate.pk, "language": "ko"},
        "admin:registrations_certificate_deed": {"pk": certificate.pk, "name": "revoke"},
        "registrations:unsubscribe": {
            "pk": registration.pk,
            "token": unsubscribe_url(registration.pk, "en").rstrip("/").split("/")[-1],
        },
        **{
            f"admin:registrations_broadcast_{name}": {"pk": broadcast.pk}
            for name in ("preview", "html", "test", "send", "take_back", "stop", "copy", "progress")
        },
        **of_delegation,
        **lead_addresses(rows, token),
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
    }
