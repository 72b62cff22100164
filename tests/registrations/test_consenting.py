"""Each purpose apart: agreeing, taking back, agreeing anew, and the words it was about."""

import pytest

from accounts.models import AuditEntry, User
from events.models import Forum
from registrations import services
from registrations.consenting import (
    NeededToAttend,
    NotAsked,
    WordingChanged,
    consent_states,
    give_consent,
    withdraw_consent,
)
from registrations.consents import optional_consents
from registrations.erasure_on_request import erase_on_request
from registrations.errors import NotLive
from registrations.integrity import differences
from registrations.models import Consent, ConsentPurpose, Registration
from registrations.models.consents import Purpose
from tests.conftest import Clock
from tests.factories import in_three_languages
from tests.registrations.conftest import Register


@pytest.fixture
def exhibitors(forum: Forum) -> ConsentPurpose:
    """Give the question whether exhibitors may write."""
    return ConsentPurpose.objects.create(
        forum=forum, kind="exhibitors", **in_three_languages("wording", "Exhibitors may write to me.")
    )


@pytest.fixture
def mai(register: Register, exhibitors: ConsentPurpose) -> Registration:
    """Give Mai's registration; she agreed to what is needed and to nothing else."""
    return register()


def agreed(registration: Registration, kind: str = "exhibitors") -> list[tuple[int, str, bool]]:
    rows = Consent.objects.filter(registration=registration, kind=kind)
    return [(row.version, row.wording, row.withdrawn_at is None) for row in rows]


def test_agreeing_keeps_the_words_their_version_and_the_time(mai: Registration, clock: Clock) -> None:
    give_consent(mai, "exhibitors", version=1, language="ko")

    consent = mai.consents.get(kind="exhibitors")
    assert (consent.version, consent.wording) == (1, "Exhibitors may write to me. (한국어)")
    assert (consent.language, consent.agreed_at) == ("ko", clock.instant)
    assert AuditEntry.objects.latest("pk").action == "consent.given"


def test_taking_back_and_agreeing_again_are_two_rows(mai: Registration) -> None:
    for _time in range(2):
        give_consent(mai, "exhibitors", version=1, language="en")
        give_consent(mai, "exhibitors", version=1, language="en")  # a second click
        assert list(Registration.objects.consented_to(Purpose.EXHIBITORS)) == [mai]
        withdraw_consent(mai, "exhibitors")
        withdraw_consent(mai, "exhibitors")
        assert not Registration.objects.consented_to(Purpose.EXHIBITORS).exists()

    words = "Exhibitors may write to me."
    assert agreed(mai) == [(1, words, False), (1, words, False)]
    deeds = AuditEntry.objects.filter(action__startswith="consent.").values_list("action", flat=True)
    assert sorted(deeds) == ["consent.given"] * 2 + ["consent.withdrawn"] * 2


def test_other_words_must_be_read_first_and_end_the_older_consent(
    mai: Registration, exhibitors: ConsentPurpose
) -> None:
    give_consent(mai, "exhibitors", version=1, language="en")
    ConsentPurpose.objects.filter(pk=exhibitors.pk).update(wording_en="Exhibitors may call me.")

    with pytest.raises(WordingChanged):
        give_consent(mai, "exhibitors", version=1, language="en")
    assert agreed(mai) == [(1, "Exhibitors may write to me.", True)]
    give_consent(mai, "exhibitors", version=2, language="en")

    assert agreed(mai) == [
        (1, "Exhibitors may write to me.", False),
        (2, "Exhibitors may call me.", True),
    ]


def test_what_the_forum_does_not_ask_cannot_be_agreed_to(
    mai: Registration, exhibitors: ConsentPurpose
) -> None:
    ConsentPurpose.objects.update(is_offered=False)

    for purpose in ("exhibitors", "newsletter", "privacy", "nonsense"):
        with pytest.raises(NotAsked):
            give_consent(mai, purpose, version=1, language="en")


def test_what_is_needed_to_attend_is_not_taken_back_here(mai: Registration) -> None:
    with pytest.raises(NeededToAttend):
        withdraw_consent(mai, "privacy")
    assert mai.consents.get(kind="privacy").withdrawn_at is None


def test_after_a_cancellation_one_can_take_back_and_not_agree(mai: Registration) -> None:
    give_consent(mai, "exhibitors", version=1, language="en")
    services.cancel_registration(mai, by=None)
    assert not Registration.objects.consented_to("exhibitors").exists()

    withdraw_consent(mai, "exhibitors")
    with pytest.raises(NotLive):
        give_consent(mai, "exhibitors", version=1, language="en")

    assert [live for _version, _words, live in agreed(mai)] == [False]


def test_nothing_is_changed_after_an_erasure(mai: Registration) -> None:
    give_consent(mai, "exhibitors", version=1, language="en")
    erase_on_request(mai)

    withdraw_consent(mai, "exhibitors")
    with pytest.raises(NotLive):
        give_consent(mai, "exhibitors", version=1, language="en")

    assert [live for _version, _words, live in agreed(mai)] == [True]
    assert not Registration.objects.consented_to("exhibitors").exists()
    assert differences() == []


def test_an_organizer_may_note_what_she_was_told(mai: Registration, desk: User) -> None:
    give_consent(mai, "exhibitors", version=1, language="en", by=desk)
    withdraw_consent(mai, "exhibitors", by=desk)

    actors = AuditEntry.objects.filter(action__startswith="consent.").values_list("actor", "forum_id")
    assert list(actors) == [(desk.pk, mai.forum_id)] * 2


def test_the_states_tell_what_is_asked_and_what_was_agreed(
    mai: Registration, forum: Forum, exhibitors: ConsentPurpose, assert_queries
) -> None:
    ConsentPurpose.objects.create(
        forum=forum, kind="newsletter", position=1, **in_three_languages("wording", "Write me news.")
    )
    ConsentPurpose.objects.create(forum=forum, kind="participants", position=2)  # no words yet
    give_consent(mai, "exhibitors", version=1, language="en")

    with assert_queries(2):
        states = consent_states(mai)

    assert [(state.purpose.value, state.live is not None, state.is_optional) for state in states] == [
        ("privacy", True, False),
        ("exhibitors", True, True),
        ("newsletter", False, True),
    ]
    offered = optional_consents(ConsentPurpose.objects.all())
    assert [asked.kind for asked in offered] == ["exhibitors", "newsletter"]
    exhibitors.delete()
    assert [state.purpose.value for state in consent_states(mai)] == ["privacy", "newsletter", "exhibitors"]
