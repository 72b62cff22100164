from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        """Listen for changes of what frames the public pages; say who wants to know of changes."""
        from events import audience, signals  # models exist only now

        signals.connect()
        audience.register_source(audience.speakers)
        audience.register_source(audience.guests)
