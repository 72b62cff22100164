"""Who gets which answer at which address: the table that the permission walk compares the site with.

A new address needs a row here, or the walk fails. Read a row as: "GET answers this, POST answers that";
one number is for everybody, ``by(…)`` tells the roles apart. POST sends an empty form, so 200 means
"may send this form, and is told what is missing".
"""

from tests.house.lead_rows import LEAD_PAGES
from tests.house.permission_admin import ADMIN_PAGES
from tests.house.permission_answers import Row, by

READ = Row(get=200, post=405)
SIGNED_IN_AWAY = by(302, anonymous=200)
FOR_SIGNED_IN = by(200, anonymous=302)
PROVE_AGAIN = by(302, stranger=200, unproven=200)
NO_SUCH_KEY = by(302, stranger=404, unproven=404)

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
    "exhibitors:exhibition": READ,
    "exhibitors:exhibitor": READ,
    "exhibitors:product": READ,
    "exhibition_status": READ,
    "exhibitors:changed": READ,
    "exhibitors:booth": READ,
    # Nobody here looks after an exhibitor: to the page that makes her one
    "exhibitors:booth_hold": Row(get=405, post=302),
    "exhibitors:booth_wait": Row(get=405, post=302),
    "exhibitors:bookings": Row(get=by(404, anonymous=302), post=405),
    **{
        f"exhibitors:{name}": Row(get=by(404, anonymous=302), post=by(404, anonymous=302))
        for name in ("booking", "bookings_accept", "bookings_give_back")
    },
    **{
        f"exhibitors:bookings_{name}": Row(get=405, post=by(404, anonymous=302))
        for name in ("price", "again", "renew", "release", "answer", "leave_line")
    },
    # --- an exhibitor's own pages: nobody here looks after one ---
    **{
        f"exhibitors:{name}": Row(get=by(404, anonymous=302), post=405)
        for name in ("tasks", "tasks_file", "documents", "documents_file")
    },
    **{
        f"exhibitors:{name}": Row(get=by(404, anonymous=302), post=by(404, anonymous=302))
        for name in ("tasks_one", "messages")
    },
    "exhibitors:portal": Row(get=FOR_SIGNED_IN, post=405),
    "exhibitors:dashboard": Row(get=by(404, anonymous=302), post=405),
    "exhibitors:join": Row(get=200, post=200),
    # Without something that was filled in before: back to the form
    "exhibitors:join_finish": Row(get=302, post=302),
    **{
        f"exhibitors:{name}": Row(get=by(404, anonymous=302), post=by(404, anonymous=302))
        for name in (
            *("profile", "products_add", "products_edit", "products_delete"),
            *("people", "people_remove", "guests", "guests_remove"),
        )
    },
    **{f"exhibitors:{name}": Row(get=by(404, anonymous=302), post=405) for name in ("products", "languages")},
    **{
        f"exhibitors:{name}": Row(get=405, post=by(404, anonymous=302))
        for name in ("products_move", "people_resend", "guests_resend")
    },
    **{
        f"exhibitors:{name}": Row(get=by(404, anonymous=302), post=405)
        for name in ("invoices", "invoice", "invoices_pdf", "invoices_receipt")
    },
    # With a right link: who is not signed in is mailed a code; accepting makes the others managers
    "exhibitors:invitation": Row(get=200, post=302),
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
    # Leads to the page where a number is typed
    "registrations:certificates": Row(get=302, post=405),
    "registrations:calendar": READ,
    # Nothing was asked for: the page says so
    "registrations:consent": Row(get=405, post=302),
    "registrations:data": READ,
    "registrations:data_pdf": READ,
    "registrations:data_json": READ,
    "registrations:erase": Row(get=200, post=302),
    "registrations:change_type": Row(get=200, post=200),
    "registrations:answers": Row(get=200, post=302),
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
    # Who has a second factor proves it again before changing it
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
    **LEAD_PAGES,
    # --- the admin, besides its models ---
    **ADMIN_PAGES,
}
