from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        """Listen for changes of what frames the public pages; say who wants to know, and write to them."""
        from events import audience, signals, speaker_mails, stars  # models exist only now
        from events.digests import mail

        signals.connect()
        stars.connect()
        mail.register_kind()
        speaker_mails.register_kinds()
        audience.register_source(audience.speakers)
        audience.register_source(audience.guests)
        audience.register_source(audience.starred_by)
