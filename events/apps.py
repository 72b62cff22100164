from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        """Listen for changes of what frames the public pages; say who wants to know, and write to them."""
        from events import audience, signals, speaker_mails, stars  # models exist only now
        from events.digests import mail
        from outbox import wording

        signals.connect()
        stars.connect()
        mail.register_kind()
        speaker_mails.register_kinds()
        wording.speak_for_the_site(current_forum_key)
        audience.register_source(audience.speakers)
        audience.register_source(audience.guests)
        audience.register_source(audience.starred_by)


def current_forum_key() -> int | None:
    """Return the key of the forum that the site shows."""
    from events.models import Forum  # models exist only now

    return Forum.objects.current().values_list("pk", flat=True).first()
