"""Reporting a change is loud when nobody listens."""

import pytest
from django.dispatch import Signal

from core import audit
from tests.factories import VenueFactory


@pytest.mark.django_db
def test_without_a_keeper_of_the_trail_a_change_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "recorded", Signal())
    with pytest.raises(LookupError, match="audit trail"):
        audit.record("venue.changed", VenueFactory(), actor=None, actor_label="test")


@pytest.mark.django_db
def test_listeners_get_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    signal, seen = Signal(), []

    def listen(**given: object) -> None:
        seen.append(given)

    signal.connect(listen)
    monkeypatch.setattr(audit, "recorded", signal)
    venue = VenueFactory()
    audit.record("venue.changed", venue, actor=None, actor_label="test", changes={"name": ("a", "b")})
    assert len(seen) == 1
    assert seen[0] | {"signal": signal} == {
        "signal": signal,
        "sender": type(venue),
        "action": "venue.changed",
        "target": venue,
        "actor": None,
        "actor_label": "test",
        "changes": {"name": ("a", "b")},
        "reason": "",
    }


@pytest.mark.django_db
def test_a_listeners_failure_is_the_changes_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    signal = Signal()

    def fail(**given: object) -> None:
        raise OSError("disk full")

    signal.connect(fail)
    monkeypatch.setattr(audit, "recorded", signal)
    with pytest.raises(OSError, match="disk full"):
        audit.record("venue.changed", VenueFactory(), actor=None, actor_label="test")
