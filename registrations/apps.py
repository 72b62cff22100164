from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        """Make the mails known to the outbox, and the seats to whoever counts them or tells their holders."""
        from django.db.models.signals import post_delete

        from events.audience import register_source  # need the models, which are loaded by now
        from events.clashes import count_with
        from events.freed_seats import tell_of_seats
        from outbox.about import register_finder
        from registrations import (
            answer_files,
            finding,
            mail_subjects,
            mails,
            mails_certificates,
            mails_delegation,
            mails_erasure,
            mails_places,
            mails_seats,
            seat_lines,
            seats,
        )
        from registrations.broadcasts import mail as broadcast_mail
        from registrations.models import Answer

        post_delete.connect(
            answer_files.answer_deleted, sender=Answer, dispatch_uid="registrations.answer_file"
        )
        mails.register_kinds()
        mails_places.register_kinds()
        mails_seats.register_kinds()
        mails_certificates.register_kinds()
        broadcast_mail.register_kind()
        register_finder(mail_subjects.registration_in)
        mails_erasure.register_kinds()
        mails_delegation.register_kinds()
        finding.connect()
        register_source(seats.holders)
        count_with(seats.seats_taken)
        tell_of_seats(seat_lines.offer_freed)
