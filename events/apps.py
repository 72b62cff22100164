from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        """Listen for changes of what frames the public pages."""
        from events import signals  # models exist only now

        signals.connect()
