"""A part of the table of permissions: the admin, besides the pages that each model has."""

from tests.house.permission_answers import Row, by, organizers

# Who works in another forum learns nothing about mails of this one.
HALL_PAGE = organizers(by(403, owner=200, elsewhere=404))
# Meant for the script; anybody else is led back with the sentence.
HALL_BACK = organizers(by(403, owner=302, elsewhere=404))
HALL_UNFIT = organizers(by(403, owner=422, elsewhere=404))
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

NO_BOOKING = organizers(by(403, owner=404, elsewhere=404))
TO_PLAN = organizers(by(403, owner=302, elsewhere=404))

ADMIN_PAGES: dict[str, Row] = {
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
    # What exhibitors do and write is for those who manage the exhibition; nothing is filled in or chosen
    "admin:exhibitors_exhibitortask_matrix": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_exhibitortask_matrix_button": Row(
        get=organizers(by(403, owner=302, elsewhere=302)), post=organizers(by(403, owner=302, elsewhere=302))
    ),
    "admin:exhibitors_exhibitortask_remind": Row(get=organizers(405), post=TO_PLAN),
    "admin:exhibitors_exhibitortask_export": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_exhibitortask_one": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_exhibitortask_file": Row(get=NO_BOOKING, post=organizers(405)),
    "admin:exhibitors_exhibitordocument_file": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_exhibitormessage_changelist": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_exhibitormessage_add": Row(get=TO_PLAN, post=TO_PLAN),
    "admin:exhibitors_exhibitormessage_change": Row(
        get=organizers(by(404, owner=302)), post=organizers(by(404, owner=302))
    ),
    "admin:exhibitors_exhibitormessage_thread": Row(get=HALL_PAGE, post=HALL_UNFIT),
    "admin:exhibitors_exhibitormessage_many": Row(get=HALL_PAGE, post=HALL_UNFIT),
    "admin:exhibitors_exhibition_numbers": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_exhibition_numbers_button": Row(get=organizers(302), post=organizers(302)),
    "admin:exhibitors_exhibition_numbers_file": Row(get=HALL_PAGE, post=organizers(405)),
    # Nothing was filled in: shown again
    "admin:exhibitors_hall_row": Row(
        get=organizers(by(403, owner=200, elsewhere=404)), post=organizers(by(403, owner=200, elsewhere=404))
    ),
    # Who looks after an exhibitor, and withdrawing it; nothing was sent, so nothing is done
    "admin:exhibitors_exhibitor_people": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_exhibitor_people_button": Row(
        get=organizers(by(403, owner=302, elsewhere=404)), post=organizers(by(403, owner=302, elsewhere=404))
    ),
    # The plan of a hall; nothing was sent, so nothing is changed
    # Booths are decided on by those who manage the exhibition; nothing is chosen, so nothing is done
    # The books: seen by those who keep them, and by nobody else
    "admin:exhibitors_invoice_missing": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_invoice_missing_button": Row(
        get=organizers(by(403, owner=302, elsewhere=302)), post=organizers(by(403, owner=302, elsewhere=302))
    ),
    "admin:exhibitors_invoice_issue": Row(get=organizers(405), post=TO_PLAN),
    "admin:exhibitors_invoice_paper": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_invoice_receipt": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_invoice_deed": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_invoice_withdraw": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_boothbooking_desk": Row(get=HALL_PAGE, post=NO_BOOKING),
    "admin:exhibitors_boothbooking_plan": Row(get=HALL_PAGE, post=NO_BOOKING),
    "admin:exhibitors_boothbooking_move": Row(get=TO_PLAN, post=TO_PLAN),
    "admin:exhibitors_boothbooking_lines": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_boothbooking_line_deed": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_boothbooking_book": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_hall_plan": Row(get=HALL_PAGE, post=organizers(405)),
    "admin:exhibitors_hall_plan_import": Row(get=HALL_PAGE, post=HALL_PAGE),
    "admin:exhibitors_hall_plan_export": Row(get=organizers(by(200, elsewhere=404)), post=organizers(405)),
    "admin:exhibitors_hall_plan_check": Row(get=organizers(405), post=HALL_PAGE),
    "admin:exhibitors_hall_plan_save": Row(get=organizers(405), post=HALL_BACK),
    "admin:exhibitors_hall_plan_arrange": Row(get=organizers(405), post=HALL_BACK),
    "admin:exhibitors_hall_plan_row": Row(get=organizers(405), post=HALL_BACK),
    "admin:exhibitors_hall_plan_deed": Row(get=organizers(405), post=HALL_UNFIT),
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
    # Seats in sessions; without a reason, POST asks again
    "admin:registrations_registration_seats": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_registration_seats_of": Row(get=MAILS, post=organizers(405)),
    "admin:registrations_registration_seat_deed": Row(get=MAILS, post=MAILS),
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
