"""The menu of the organizers' pages: which lists and pages stand under which heading."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Lists by model; pages by title, address and the right they ask for. Each person sees what her roles let her.
MENU: list[tuple[str | Promise, list[str | tuple[str | Promise, str, str]]]] = [
    (
        _("Programme"),
        [
            (_("Calendar"), "admin:events_session_calendar", "events.view_session"),
            (_("Table"), "admin:events_session_table", "events.change_session"),
            (_("Warnings"), "admin:events_session_warnings", "events.view_session"),
            "events.session",
            "speakers.speaker",
            "events.proposal",
            "events.material",
            "events.track",
            "events.topic",
            "events.agendarelease",
            "events.roombulletin",
        ],
    ),
    (
        _("Attendance"),
        [
            "registrations.registration",
            (
                _("Approvals"),
                "admin:registrations_registration_approvals",
                "registrations.decide_registration",
            ),
            (
                _("Waiting lists"),
                "admin:registrations_registration_waiting",
                "registrations.decide_registration",
            ),
            (
                _("Seats in sessions"),
                "admin:registrations_registration_seats",
                "registrations.decide_registration",
            ),
            "registrations.delegation",
            "registrations.registrationtype",
            "registrations.quota",
            "registrations.priorityclass",
            "registrations.invitation",
            "registrations.question",
            "registrations.decisionreason",
            "registrations.consentpurpose",
        ],
    ),
    (
        _("Check-in"),
        [
            (_("Doors now"), "admin:registrations_door_numbers", "registrations.view_door"),
            "registrations.door",
            "registrations.checkindevice",
            "registrations.scan",
        ],
    ),
    (
        _("Exhibition"),
        [
            (_("Exhibition desk"), "admin:exhibitors_boothbooking_desk", "exhibitors.decide_booking"),
            (_("Booths on the plan"), "admin:exhibitors_boothbooking_plan", "exhibitors.decide_booking"),
            (
                _("Waiting lists for booths"),
                "admin:exhibitors_boothbooking_lines",
                "exhibitors.decide_booking",
            ),
            (
                _("The exhibition in numbers"),
                "admin:exhibitors_exhibition_numbers",
                "exhibitors.view_boothbooking",
            ),
            (
                _("Who has done what"),
                "admin:exhibitors_exhibitortask_matrix",
                "exhibitors.view_taskentry",
            ),
            "exhibitors.exhibitormessage",
            "exhibitors.exhibitortask",
            "exhibitors.exhibitordocument",
            "exhibitors.boothbooking",
            "exhibitors.invoice",
            "exhibitors.exhibitor",
            "leads.passsetting",
            "exhibitors.hall",
            "exhibitors.booth",
            "exhibitors.boothtype",
            "exhibitors.extra",
            "exhibitors.seller",
            "exhibitors.exhibition",
        ],
    ),
    (_("Documents"), ["registrations.documentbatch", "registrations.certificate"]),
    (
        _("Mail"),
        ["registrations.broadcast", "events.agendadigest", "outbox.wordingoverride", "outbox.message"],
    ),
    (_("Frame"), ["events.forum", "events.venue", "events.room"]),
    (
        _("People"),
        [
            "accounts.organization",
            "accounts.forumrole",
            "accounts.user",
            "accounts.auditentry",
        ],
    ),
]
