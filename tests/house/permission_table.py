"""Who gets which answer at which address: the table that the permission walk compares the site with.

A new address needs a row here, or the walk fails. Read a row as: "GET answers this, POST answers that";
one number is for everybody, ``by(…)`` tells the roles apart. POST sends an empty form, so 200 means
"may send this form, and is told what is missing".
"""

from collections.abc import Mapping
from dataclasses import dataclass

# The people who ask. ``unproven`` is an owner who has not set up a second factor, ``elsewhere`` an owner
# of another forum, ``stranger`` an account without any role.
ROLES = ["anonymous", "stranger", "unproven", "elsewhere", "viewer", "desk", "agenda", "owner"]

Answer = int | Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """What GET and POST answer."""

    get: Answer
    post: Answer

    def expected(self, method: str, role: str) -> int:
        """Return the status for one method and role."""
        answer = self.get if method == "GET" else self.post
        return answer if isinstance(answer, int) else answer[role]


def by(others: int, **statuses: int) -> Mapping[str, int]:
    """Return an answer that differs by role; ``others`` is for roles that are not named."""
    return {role: statuses.get(role, others) for role in ROLES}


def organizers(status: int | Mapping[str, int]) -> Mapping[str, int]:
    """Return an answer of the admin: visitors are sent to sign in, strangers are refused, and organizers
    without a second factor are sent to set one up, whatever ``status`` the others get.
    """
    inside = status if isinstance(status, Mapping) else dict.fromkeys(ROLES, status)
    return {**inside, "anonymous": 302, "stranger": 403, "unproven": 302}


READ = Row(get=200, post=405)
SIGNED_IN_AWAY = by(302, anonymous=200)
FOR_SIGNED_IN = by(200, anonymous=302)
PROVE_AGAIN = by(302, stranger=200, unproven=200)
NO_SUCH_KEY = by(302, stranger=404, unproven=404)

# Who works in another forum learns nothing about mails of this one.
MAILS = organizers(by(403, desk=200, owner=200, elsewhere=404))
MAIL_DEED = organizers(by(403, desk=302, owner=302, elsewhere=404))
DEED_BUTTON = Row(get=organizers(by(404, desk=302, owner=302)), post=organizers(by(404, desk=302, owner=302)))

# About nobody
NOT_SAID = organizers(by(403, desk=404, owner=404, elsewhere=404))

CODES = organizers(by(403, desk=200, owner=200, elsewhere=200))
TO_CODES = organizers(by(403, desk=302, owner=302, elsewhere=302))

# What belongs to the agenda of one forum, for those who keep it; a deed leads back to a page.
AGENDA_PAGE = organizers(by(403, agenda=200, owner=200, elsewhere=404))
AGENDA_DEED = organizers(by(403, agenda=302, owner=302, elsewhere=404))

PAGES: dict[str, Row] = {
    "root": Row(get=302, post=405),
    "choose_language": Row(get=302, post=405),
    "healthz": READ,
    "readyz": READ,
    "service_worker": READ,
    "robots": READ,
    "sitemap": READ,
    "pages:home": READ,
    "pages:venue": READ,
    "pages:screen": READ,
    "pages:offline": READ,
    "pages:my_forum": READ,
    # Who is not signed in is sent to do so
    "pages:my_feed_deed": Row(get=405, post=302),
    # Nobody here has a registration
    "pages:my_seat": Row(get=405, post=by(404, anonymous=302)),
    # With a right address, for whoever has it
    "pages:my_feed": READ,
    # A confidential session: signing in first, whatever the address; then for guests and for organizers who
    # may see it, with their second factor
    "pages:my_session": Row(get=by(404, anonymous=302, unproven=302, agenda=200, owner=200), post=405),
    # Which are mine, and setting one: without a word of the browser where it comes from, refused
    "events:stars": READ,
    "events:star": Row(get=405, post=403),
    "events:agenda": READ,
    "events:calendar_ics": READ,
    "events:sessions_xlsx": READ,
    "events:sessions_csv": READ,
    "events:schedule_xml": READ,
    "events:schedule_json": READ,
    "events:programme_pdf": READ,
    "events:session": READ,
    "events:session_calendar": READ,
    # Seats are booked in this one
    "events:places": READ,
    "events:session_share": READ,
    "events:speaker_share": READ,
    "events:share": READ,
    "events:speakers": READ,
    "events:speaker": READ,
    # --- a speaker's own page: as below, with a right link for whoever has it ---
    "material": READ,
    "events:own_page": READ,
    "events:own_calendar": READ,
    # Without an answer, a day or a language: shown again
    "events:own_answer": Row(get=405, post=200),
    "events:own_availability": Row(get=405, post=200),
    "events:own_absence_remove": Row(get=405, post=302),
    "events:own_language": Row(get=405, post=200),
    # Every text may be left empty
    "events:own_about_me": Row(get=200, post=302),
    "events:own_abstract": Row(get=200, post=302),
    "events:own_portrait": READ,
    "events:own_withdraw": Row(get=405, post=302),
    "events:own_upload": Row(get=200, post=200),
    "events:own_material": READ,
    "events:own_material_remove": Row(get=405, post=302),
    "registrations:register": Row(get=200, post=200),
    # With a right address, for whoever has it, and for a mail program without a cookie or a token
    "registrations:unsubscribe": Row(get=200, post=200),
    "registrations:sent": Row(get=302, post=405),
    # With a right link, for whoever has it; the walk tries a forged one too, which is a 404 to all.
    "registrations:detail": READ,
    "registrations:edit": Row(get=200, post=200),
    "registrations:accept": Row(get=405, post=302),
    "registrations:cancel": Row(get=200, post=302),
    "registrations:ticket": READ,
    "registrations:ticket_paper": READ,
    "registrations:certificate_paper": READ,
    "registrations:certificate": READ,
    "registrations:verify": READ,
    "registrations:calendar": READ,
    # Nothing was asked for: the page says so
    "registrations:consent": Row(get=405, post=302),
    "registrations:data": READ,
    "registrations:data_pdf": READ,
    "registrations:data_json": READ,
    "registrations:erase": Row(get=200, post=302),
    "registrations:change_type": Row(get=200, post=200),
    "registrations:hand_on": Row(get=200, post=200),
    "registrations:keep": Row(get=405, post=302),
    "registrations:send_again": Row(get=405, post=302),
    "registrations:new_link": Row(get=200, post=302),
    # --- for anybody ---
    "registrations:find": Row(get=200, post=200),
    "registrations:found": READ,
    "registrations:erased": READ,
    "registrations:link_replaced": READ,
    # Who is not signed in is sent to do so
    "registrations:mine": Row(get=by(200, anonymous=302), post=405),
    # --- delegations: opened by anybody, then with the lead's link ---
    "registrations:delegation_new": Row(get=200, post=200),
    "registrations:delegation_sent": READ,
    "registrations:delegation": READ,
    # Nothing was filled in
    "registrations:delegation_edit": Row(get=200, post=200),
    "registrations:delegation_add": Row(get=200, post=200),
    "registrations:delegation_places": Row(get=200, post=200),
    "registrations:delegation_place": Row(get=200, post=200),
    "registrations:delegation_member": Row(get=200, post=200),
    "registrations:delegation_order": Row(get=405, post=302),
    "registrations:delegation_papers": READ,
    # No button says of which session: there is no such seat
    "registrations:seats": Row(get=405, post=404),
    # --- at the doors: who may not scan is offered to enrol the telephone ---
    "check_in:page": Row(get=by(200, unproven=302), post=by(403, unproven=302, desk=200, owner=200)),
    "check_in:enrol": Row(get=405, post=200),
    "check_in:enrol_link": READ,
    "check_in:leave": Row(get=405, post=302),
    "check_in:manifest": READ,
    "check_in:worker": READ,
    # Without saying which door
    "check_in:door_list": Row(get=by(401, desk=400, owner=400), post=405),
    # Without a word of the browser where it comes from, refused
    "check_in:scans": Row(get=405, post=403),
    "check_in:withdraw": Row(get=405, post=403),
    # --- signing in ---
    "account_login": Row(get=SIGNED_IN_AWAY, post=SIGNED_IN_AWAY),
    "account_signup": Row(get=SIGNED_IN_AWAY, post=SIGNED_IN_AWAY),
    "account_request_login_code": Row(get=SIGNED_IN_AWAY, post=SIGNED_IN_AWAY),
    "account_reset_password": Row(get=200, post=200),
    "mfa_login_webauthn": Row(get=302, post=302),
    # Steps of a sign-in that was not begun
    "account_confirm_login_code": Row(get=302, post=302),
    "account_confirm_password_reset_code": Row(get=302, post=302),
    "account_complete_password_reset": Row(get=302, post=302),
    "account_password_reset_completed": Row(get=200, post=405),
    "account_email_verification_sent": Row(get=302, post=302),
    "account_inactive": READ,
    "mfa_authenticate": Row(get=302, post=302),
    # --- one's own account ---
    "account_logout": Row(get=by(200, anonymous=302), post=302),
    "account_second_factor": Row(get=by(302, stranger=200, unproven=200), post=405),
    "account_email": Row(get=FOR_SIGNED_IN, post=302),
    "account_change_password": Row(get=302, post=302),
    "account_set_password": Row(get=FOR_SIGNED_IN, post=FOR_SIGNED_IN),
    # Without a password and a second factor there is nothing to prove oneself with
    "account_reauthenticate": Row(
        get=by(302, stranger=403, unproven=403), post=by(302, stranger=403, unproven=403)
    ),
    "mfa_index": Row(get=FOR_SIGNED_IN, post=by(405, anonymous=302)),
    "mfa_reauthenticate": Row(
        get=by(200, anonymous=302, stranger=403, unproven=403),
        post=by(200, anonymous=302, stranger=403, unproven=403),
    ),
    "mfa_activate_totp": Row(
        get=by(302, stranger=200, unproven=200), post=by(302, stranger=200, unproven=200)
    ),
    # Who has a second factor proves herself again before she changes it
    "mfa_deactivate_totp": Row(
        get=by(302, stranger=404, unproven=404), post=by(302, stranger=404, unproven=404)
    ),
    "mfa_view_recovery_codes": Row(get=by(404, anonymous=302), post=by(405, anonymous=302)),
    "mfa_generate_recovery_codes": Row(get=PROVE_AGAIN, post=PROVE_AGAIN),
    "mfa_download_recovery_codes": Row(get=by(404, anonymous=302), post=by(404, anonymous=302)),
    "mfa_list_webauthn": Row(get=FOR_SIGNED_IN, post=by(405, anonymous=302)),
    "mfa_add_webauthn": Row(get=PROVE_AGAIN, post=PROVE_AGAIN),
    # None of these has a passkey
    "mfa_reauthenticate_webauthn": Row(
        get=by(302, stranger=403, unproven=403), post=by(302, stranger=403, unproven=403)
    ),
    "mfa_remove_webauthn": Row(get=NO_SUCH_KEY, post=NO_SUCH_KEY),
    "mfa_edit_webauthn": Row(get=NO_SUCH_KEY, post=NO_SUCH_KEY),
    # --- the admin, besides its models ---
    "admin:index": Row(get=organizers(200), post=organizers(200)),
    "admin:app_list": Row(get=organizers(200), post=organizers(200)),
    "admin:login": Row(get=302, post=302),
    "admin:logout": Row(get=organizers(302), post=organizers(302)),
    "admin:password_change": Row(get=organizers(302), post=organizers(302)),
    "admin:password_change_done": Row(get=organizers(302), post=organizers(302)),
    "admin:jsi18n": Row(get=organizers(200), post=organizers(405)),
    "admin:search": Row(get=organizers(404), post=organizers(404)),
    # Without saying which field asks: refused
    "admin:autocomplete": Row(get=organizers(403), post=organizers(405)),
    "admin:view_on_site": Row(get=organizers(404), post=organizers(404)),
    "admin:anything_else": Row(get=organizers(404), post=organizers(404)),
    "admin:events_agendarelease_publish": Row(
        get=organizers(by(403, agenda=200, owner=200, elsewhere=404)),
        post=organizers(by(403, agenda=200, owner=200, elsewhere=404)),
    ),
    # The calendar editor, for those who may change sessions; an empty form is no place and no title
    "admin:events_session_calendar": Row(get=organizers(by(200, elsewhere=404)), post=organizers(405)),
    "admin:events_session_calendar_state": Row(get=AGENDA_PAGE, post=organizers(405)),
    "admin:events_session_calendar_undo": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_session_calendar_redo": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_session_calendar_leave": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_session_calendar_accept": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_session_calendar_withdraw": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_session_calendar_session": Row(
        get=AGENDA_PAGE, post=organizers(by(403, agenda=422, owner=422, elsewhere=404))
    ),
    "admin:events_session_calendar_place": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_session_calendar_preview": Row(get=AGENDA_DEED, post=organizers(405)),
    # Without a file, POST shows the form again
    "admin:events_session_table": Row(get=AGENDA_PAGE, post=AGENDA_DEED),
    "admin:events_session_shift": Row(get=AGENDA_PAGE, post=AGENDA_PAGE),
    "admin:events_session_swap": Row(get=AGENDA_PAGE, post=AGENDA_PAGE),
    "admin:events_session_copy_day": Row(get=AGENDA_PAGE, post=AGENDA_PAGE),
    "admin:events_session_paste": Row(get=AGENDA_PAGE, post=AGENDA_PAGE),
    # Whoever may see the draft sees its warnings; who may edit it accepts them.
    "admin:events_session_warnings": Row(get=organizers(by(200, elsewhere=404)), post=AGENDA_DEED),
    "admin:events_session_import": Row(
        get=organizers(by(403, agenda=200, owner=200, elsewhere=404)),
        post=organizers(by(403, agenda=200, owner=200, elsewhere=404)),
    ),
    # Leads to the page above
    "admin:events_agendarelease_publish_button": Row(
        get=organizers(by(403, agenda=302, owner=302, elsewhere=302)),
        post=organizers(by(403, agenda=302, owner=302, elsewhere=302)),
    ),
    # Anybody who may see releases compares them; who may change sessions restores one.
    "admin:events_agendarelease_compare": Row(get=organizers(by(200, elsewhere=404)), post=organizers(405)),
    "admin:events_agendarelease_compare_button": Row(get=organizers(302), post=organizers(302)),
    "admin:events_agendarelease_restore": Row(get=AGENDA_PAGE, post=AGENDA_PAGE),
    # Mails about a release
    # All that can be written there is an introduction, which may stay empty
    "admin:events_agendadigest_change": Row(
        get=organizers(by(404, agenda=200, owner=200)), post=organizers(by(404, agenda=302, owner=302))
    ),
    "admin:events_agendadigest_send": Row(get=AGENDA_PAGE, post=AGENDA_DEED),
    "admin:events_agendadigest_discard": Row(get=AGENDA_PAGE, post=AGENDA_DEED),
    "admin:events_agendadigest_mail": Row(get=AGENDA_PAGE, post=organizers(405)),
    "admin:events_agendadigest_html": Row(get=AGENDA_PAGE, post=organizers(405)),
    "admin:events_agendadigest_file": Row(get=AGENDA_PAGE, post=organizers(405)),
    # What speakers send in; an empty form has looked at nothing, and gives no reason
    "admin:events_proposal_accept": Row(get=organizers(405), post=AGENDA_DEED),
    "admin:events_proposal_decline": Row(get=organizers(405), post=AGENDA_PAGE),
    # Speakers belong to no forum
    "admin:events_proposal_portrait": Row(
        get=organizers(by(403, agenda=200, owner=200, elsewhere=200)), post=organizers(405)
    ),
    "admin:events_material_file": Row(get=AGENDA_PAGE, post=organizers(405)),
    "admin:events_material_public": Row(get=organizers(405), post=AGENDA_DEED),
    # Mails to speakers are the forum's
    "admin:speakers_speaker_link": Row(get=AGENDA_PAGE, post=AGENDA_DEED),
    "admin:speakers_speaker_links": Row(get=AGENDA_PAGE, post=AGENDA_DEED),
    "admin:outbox_message_html": Row(get=MAILS, post=organizers(405)),
    "admin:outbox_message_file": Row(get=MAILS, post=organizers(405)),
    "admin:outbox_message_send_again": Row(
        get=organizers(405), post=organizers(by(403, desk=302, owner=302, elsewhere=404))
    ),
    # An owner of another forum makes codes there
    "admin:registrations_invitation_make": Row(get=CODES, post=CODES),
    "admin:registrations_invitation_made": Row(get=CODES, post=organizers(405)),
    "admin:registrations_invitation_make_button": Row(get=TO_CODES, post=TO_CODES),
    "admin:registrations_registration_deed": Row(
        get=organizers(by(404, desk=200, owner=200)), post=organizers(by(404, desk=302, owner=302))
    ),
    # Applications and waiting lists; nobody is chosen, and nothing is decided
    "admin:registrations_registration_approvals": Row(get=MAILS, post=NOT_SAID),
    "admin:registrations_registration_several": Row(get=organizers(405), post=MAIL_DEED),
    "admin:registrations_registration_waiting": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_registration_file": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_registration_import": Row(
        get=organizers(by(403, desk=200, owner=200, elsewhere=404)),
        post=organizers(by(403, desk=200, owner=200, elsewhere=404)),
    ),
    # Everybody who sees registrations, those who check in included
    "admin:registrations_registration_numbers": Row(
        get=organizers(by(403, desk=200, owner=200, elsewhere=404)), post=organizers(405)
    ),
    "admin:registrations_registration_numbers_button": Row(
        get=organizers(by(403, desk=302, owner=302, elsewhere=302)),
        post=organizers(by(403, desk=302, owner=302, elsewhere=302)),
    ),
    "admin:registrations_registration_import_button": Row(
        get=organizers(by(403, desk=302, owner=302, elsewhere=302)),
        post=organizers(by(403, desk=302, owner=302, elsewhere=302)),
    ),
    "admin:registrations_delegation_deed": Row(
        get=organizers(by(404, desk=200, owner=200)), post=organizers(by(404, desk=302, owner=302))
    ),
    "admin:registrations_delegation_print_button": DEED_BUTTON,
    "admin:registrations_delegation_send_button": DEED_BUTTON,
    "admin:registrations_delegation_replace_button": DEED_BUTTON,
    "admin:registrations_delegation_close_button": DEED_BUTTON,
    # Mails in a forum’s own words
    "admin:outbox_wordingoverride_kind": Row(get=MAILS, post=MAILS),
    "admin:outbox_wordingoverride_html": Row(get=MAILS, post=organizers(405)),
    # Mails to groups; without saying when, sending asks again; a draft is neither stopped nor taken back
    "admin:registrations_broadcast_count": Row(
        get=organizers(405), post=organizers(by(403, desk=200, owner=200, elsewhere=200))
    ),
    "admin:registrations_broadcast_preview": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_broadcast_html": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_broadcast_progress": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_broadcast_test": Row(get=organizers(405), post=MAIL_DEED),
    "admin:registrations_broadcast_send": Row(get=MAILS, post=MAILS),
    "admin:registrations_broadcast_take_back": Row(get=organizers(405), post=MAIL_DEED),
    "admin:registrations_broadcast_stop": Row(get=MAILS, post=MAIL_DEED),
    "admin:registrations_broadcast_copy": Row(get=organizers(405), post=MAIL_DEED),
    "admin:registrations_door_numbers": Row(
        get=organizers(by(403, desk=200, owner=200, elsewhere=404)), post=organizers(405)
    ),
    "admin:registrations_checkindevice_enrol": Row(
        get=organizers(by(404, desk=200, owner=200)), post=organizers(by(404, desk=200, owner=200))
    ),
    "admin:registrations_checkindevice_revoke": Row(
        get=organizers(by(404, desk=200, owner=200)), post=organizers(by(404, desk=302, owner=302))
    ),
    "admin:registrations_checkindevice_enrol_button": DEED_BUTTON,
    "admin:registrations_checkindevice_revoke_button": DEED_BUTTON,
    # Files of documents and certificates; without a reason, POST asks again
    "admin:registrations_documentbatch_add": Row(get=MAILS, post=MAILS),
    "admin:registrations_documentbatch_file": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_documentbatch_stop": Row(get=organizers(405), post=MAIL_DEED),
    "admin:registrations_documentbatch_person": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_documentbatch_paper": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_registration_documents_button": Row(get=MAIL_DEED, post=MAIL_DEED),
    "admin:registrations_certificate_add": Row(get=MAILS, post=MAILS),
    "admin:registrations_certificate_paper": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_certificate_deed": Row(get=MAILS, post=MAILS),
    # What happened to a message stands on its page; entries of the trail have no trail.
    "admin:outbox_message_history": Row(get=organizers(404), post=organizers(404)),
    "admin:accounts_auditentry_history": Row(get=organizers(404), post=organizers(404)),
}

# What the roles may do with the rows of a model in the admin: v(iew), a(dd), c(hange), d(elete).
# "!" after the name: the rows belong to a forum, so that an owner of another one finds none of them.
# "?": neither does anybody else who may not see them; where that is not said, she is told 403.
ADMIN_MODELS = """
                                viewer  desk   agenda  owner
    outbox.message!?            -       v      -       v
    outbox.wordingoverride!?    -       v      -       v
    accounts.organization       v       vacd   vacd    vacd
    accounts.user!?             -       -      -       v
    accounts.forumrole!?        -       -      -       vad
    accounts.auditentry!?       -       -      -       v
    speakers.speaker            v       v      vacd    vacd
    events.forum!               v       v      vc      vc
    events.venue                v       v      vacd    vacd
    events.track!               v       v      vacd    vacd
    events.topic                v       v      vacd    vacd
    events.session!             v       v      vacd    vacd
    events.agendarelease!       v       v      v       v
    events.roombulletin!        v       v      vacd    vacd
    events.agendadigest!?       -       -      vc      vc
    events.proposal!?           -       -      v       v
    events.material!?           -       -      vcd     vcd
    registrations.registration!?      -     vac    -     vac
    registrations.delegation!?        -     vac    -     vac
    registrations.registrationtype!   v     vacd   v     vacd
    registrations.quota!?             -     vacd   -     vacd
    registrations.priorityclass!?     -     vacd   -     vacd
    registrations.invitation!?        -     vacd   -     vacd
    registrations.question!?          -     vacd   -     vacd
    registrations.consentpurpose!?    -     v      -     vacd
    registrations.decisionreason!?    -     vacd   -     vacd
    registrations.broadcast!?   -       vacd   -       vacd
    registrations.door!?        -       vacd   -       vacd
    registrations.checkindevice!?     -     vac    -     vac
    registrations.scan!?        -       v      -       v
    registrations.documentbatch!?     -     va     -     va
    registrations.certificate!?       -     va     -     va
"""


def admin_rights() -> dict[str, dict[str, str]]:
    """Return ADMIN_MODELS as model → role → letters."""
    head, *lines = [line.split() for line in ADMIN_MODELS.strip().splitlines()]
    rights = {}
    for model, *letters in lines:
        held = dict(zip(head, letters, strict=True))
        # Whoever owns another forum is an owner here for what belongs to no forum.
        rights[model.rstrip("!?")] = held | {"elsewhere": held["owner"]}
    return rights


def marked(model: str, mark: str) -> bool:
    """Tell whether the table has ``mark`` behind the name of ``model``."""
    return any(name.rstrip("!?") == model and mark in name for name in ADMIN_MODELS.split())


def admin_row(model: str, view: str) -> Row:
    """Return the row of one of the admin's five pages for a model."""
    rights = admin_rights()[model]

    def allowed(right: str, otherwise: int = 403) -> dict[str, int]:
        return {role: 200 if right in letters else otherwise for role, letters in rights.items()}

    letter = {"changelist": "v", "add": "a", "change": "v", "delete": "d", "history": "v"}[view]
    get = allowed(letter)
    post = allowed("c") if view == "change" else dict(get)
    if view in {"change", "delete", "history"}:
        for role, letters in rights.items():
            unseen = "v" not in letters and marked(model, "?")
            if unseen or (role == "elsewhere" and marked(model, "!")):
                get[role] = post[role] = 404
    return Row(get=organizers(by(403, **get)), post=organizers(by(403, **post)))
