"""The demonstration in the database: loaded once, left alone afterwards, always about to happen."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import models
from django.utils import timezone, translation

from accounts.models import AuditEntry, ForumRole, Organization, User
from core.i18n import missing_translations, texts_of
from events.clashes import clashes_of
from events.models import (
    AcceptedClash,
    AgendaRelease,
    Forum,
    Material,
    OpeningHours,
    Proposal,
    Room,
    Session,
    SessionSpeaker,
    Topic,
    Track,
    Venue,
    WalkingTime,
)
from exhibitors.models import ExhibitorManager
from outbox.models import Message
from pages.demo.accounts import PASSWORD, TOTP_SECRET
from pages.demo_loading.loading import load_demonstration
from registrations.delegations.reading import overview_of
from registrations.integrity import differences
from registrations.models import Consent, Delegation, Invitation, Registration, RegistrationType
from speakers.models import Speaker, Unavailability
from tests.factories import ForumFactory

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2027, 3, 4)
FORUM_DAY = date(2027, 4, 3)
COUNTED: tuple[type[models.Model], ...] = (
    AcceptedClash,
    AgendaRelease,
    AuditEntry,
    Authenticator,
    Consent,
    Delegation,
    EmailAddress,
    Forum,
    ForumRole,
    Invitation,
    Material,
    Message,
    OpeningHours,
    Organization,
    Proposal,
    Registration,
    RegistrationType,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    Topic,
    Track,
    Unavailability,
    User,
    Venue,
    WalkingTime,
)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def load(
    *, today: date = TODAY, accounts: bool = False, guests: bool = False, rebase: bool = False
) -> list[str]:
    return load_demonstration(with_accounts=accounts, with_guests=guests, rebase=rebase, today=today)


def printed(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def demo_forum() -> Forum:
    return Forum.objects.get(slug="vietnam-korea-ai-healthcare")


def test_first_load_creates_everything_and_says_so():
    done = load(accounts=True)
    assert done[0] == "Created the forum of 2027-04-03: 27 sessions in 4 rooms, 8 kinds of attendance."
    assert "Published release 1 of the agenda." in done
    assert "Created 6 demonstration accounts." in done
    found = counts()
    assert (found["Session"], found["Speaker"], found["Room"], found["Track"]) == (27, 30, 4, 4)
    assert (found["Organization"], found["Topic"], found["RegistrationType"]) == (26, 9, 8)
    assert (found["User"], found["AgendaRelease"]) == (6, 1)


def test_second_load_changes_nothing_and_says_nothing():
    load(accounts=True, guests=True)
    before = counts()
    release = AgendaRelease.objects.get()
    assert load(accounts=True, guests=True) == []
    # Ten days later the demonstration still takes place on the days of the first load.
    assert load(accounts=True, guests=True, today=TODAY + timedelta(days=10)) == []
    assert counts() == before
    assert AgendaRelease.objects.get() == release
    assert demo_forum().main_day == FORUM_DAY


def test_speakers_have_sent_in_something_to_decide_on():
    load(guests=True)

    proposal = Proposal.objects.get()
    assert (proposal.speaker.slug, set(proposal.fields)) == (
        "le-van-mau",
        {"position_vi", "position_ko", "position_en"},
    )
    material = Material.objects.get()
    assert (material.suffix, material.is_public) == (".pdf", False)
    answers = SessionSpeaker.objects.exclude(answer="open").values_list("speaker__slug", "answer")
    assert set(answers) == {("kim-yesi", "confirmed"), ("choi-bogi", "declined")}
    # Real people get no invented address.
    assert not Speaker.objects.filter(is_demo=False).exclude(email="").exists()


def test_without_guests_nobody_gets_an_address():
    load()

    assert not Proposal.objects.exists()
    assert not Speaker.objects.exclude(email="").exists()


def test_the_command_says_what_it_did():
    first, second = printed("load_demo"), printed("load_demo")
    assert first.startswith("Created the forum of ")
    assert second == "The demonstration forum is loaded already; nothing was changed.\n"


def test_the_days_are_thirty_days_ahead_in_hanoi():
    printed("load_demo")
    forum = demo_forum()
    today = timezone.now().astimezone(HANOI).date()
    assert forum.main_day == today + timedelta(days=30)
    assert (forum.first_day, forum.last_day) == (
        forum.main_day - timedelta(days=1),
        forum.main_day + timedelta(days=1),
    )


def test_times_are_those_of_the_clock_in_hanoi():
    load()
    periods = {
        session.slug: (session.starts_at, session.ends_at)
        for session in Session.objects.filter(slug__in=["courtesy-meeting", "opening", "closing"])
    }
    assert periods == {
        "courtesy-meeting": (
            datetime(2027, 4, 2, 16, 0, tzinfo=HANOI),
            datetime(2027, 4, 2, 17, 0, tzinfo=HANOI),
        ),
        "opening": (
            datetime(2027, 4, 3, 9, 0, tzinfo=HANOI),
            datetime(2027, 4, 3, 9, 15, tzinfo=HANOI),
        ),
        "closing": (
            datetime(2027, 4, 4, 16, 15, tzinfo=HANOI),
            datetime(2027, 4, 4, 17, 0, tzinfo=HANOI),
        ),
    }


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_every_translated_column_is_filled_whatever_language_loads_it(language):
    with translation.override(language):
        load()
    forum = demo_forum()
    texts = {
        "name", "short_name", "subtitle", "description", "hosts", "host_note", "privacy",
        "consent_wording", "cme_accreditation",
    }  # fmt: skip
    assert missing_translations(forum, texts) == []
    assert texts_of(forum, "name") == {
        "vi": "Diễn đàn Việt Nam – Hàn Quốc về trí tuệ nhân tạo trong y tế",
        "ko": "한·베트남 의료 인공지능 포럼",
        "en": "Vietnam–Korea Forum on Artificial Intelligence in Healthcare",
    }
    for model, fields in {
        Session: ("title", "abstract", "note"),
        Speaker: ("position", "affiliation", "biography"),
        Room: ("name", "floor"),
        Venue: ("name", "city", "address", "directions"),
        Track: ("name", "description"),
        Topic: ("name",),
        RegistrationType: ("name", "description"),
        Organization: ("name",),
    }.items():
        for row in model._default_manager.all():
            assert missing_translations(row, fields) == [], row


def test_hosts_stand_one_a_line_and_questions_with_their_answers():
    load()
    forum = demo_forum()
    assert texts_of(forum, "hosts")["ko"].splitlines() == ["대한민국 과학기술정보통신부", "베트남 과학기술부"]
    assert len(forum.practical) == 9
    for item in forum.practical:
        assert set(item) == {"question", "answer"}
        for texts in item.values():
            assert set(texts) == {"vi", "ko", "en"}
            assert all(texts.values())


def test_the_release_holds_what_is_announced_and_not_the_confidential_meeting():
    load()
    document = AgendaRelease.objects.current(demo_forum()).get().document
    slugs = {session["slug"] for session in document["sessions"]}
    assert len(slugs) == 26
    assert "courtesy-meeting" in slugs
    assert "secretariats-meeting" not in slugs


def test_people_keep_their_order_and_roles():
    load()
    people = Session.objects.get(slug="national-cancer-institute").session_speakers.all()
    assert [(part.speaker.slug, part.role) for part in people] == [
        ("le-van-mau", "speaker"),
        ("kim-yesi", "chair"),
    ]


def test_what_organizers_changed_stays_changed():
    load()
    forum = demo_forum()
    Session.objects.filter(slug="reception").delete()
    Speaker.objects.filter(slug="kim-yesi").update(biography_en="Reads images.")
    before = counts()
    assert load() == []
    assert counts() == before
    assert not Session.objects.filter(forum=forum, slug="reception").exists()
    assert texts_of(Speaker.objects.get(slug="kim-yesi"), "biography")["en"] == "Reads images."


@pytest.mark.parametrize("days", [1, 45, -3])
def test_rebase_moves_days_and_sessions_and_publishes(days):
    load()
    Session.objects.filter(slug="closing").update(title_en="Farewell")
    done = load(rebase=True, today=TODAY + timedelta(days=days))
    new_day = FORUM_DAY + timedelta(days=days)
    assert done == [
        f"Moved the forum by {days:+d} days; its opening is on {new_day}.",
        "Published release 2 of the agenda.",
    ]
    assert demo_forum().main_day == new_day
    opening = Session.objects.get(slug="opening")
    assert opening.starts_at == datetime(new_day.year, new_day.month, new_day.day, 9, tzinfo=HANOI)
    assert texts_of(Session.objects.get(slug="closing"), "title")["en"] == "Farewell"
    assert load(rebase=True, today=TODAY + timedelta(days=days)) == []


def warnings() -> list[tuple[str, str, bool]]:
    """Return kind, subject and whether it is open of what the demonstration warns of."""
    with translation.override("en"):
        return [(clash.code.value, clash.subject, clash.is_open) for clash in clashes_of(demo_forum())]


PLANTED = [
    ("hours", "Reception", False),
    ("booths", "B2B meetings, first round; last day of the exhibition", True),
    ("away", "Yoon Pyobon", True),
    ("booths", "B2B meetings, second round", True),
]


def test_a_few_warnings_are_there_to_try_and_one_of_them_is_accepted():
    load(accounts=True)
    assert warnings() == PLANTED
    decision = AcceptedClash.objects.get()
    assert decision.accepted_by.email == "agenda@forum.example"
    assert AuditEntry.objects.filter(action="warning.accepted").count() == 1


def test_rebase_moves_what_the_organizers_plan_with_and_what_they_accepted():
    load(accounts=True)
    for days in (1, 40, 3):
        load(accounts=True, rebase=True, today=TODAY + timedelta(days=days))
        assert warnings() == PLANTED
    assert AcceptedClash.objects.count() == 1


def test_another_current_forum_stays_the_one_on_the_site():
    other = ForumFactory(is_current=True)
    load()
    assert Forum.objects.current().get() == other
    assert not demo_forum().is_current


def test_accounts_have_their_role_a_verified_address_and_the_second_factor():
    load(accounts=True)
    forum = demo_forum()
    roles = {
        given.user.email: given.role for given in ForumRole.objects.filter(forum=forum).select_related("user")
    }
    assert roles == {
        "owner@forum.example": "owner",
        "agenda@forum.example": "agenda_editor",
        "desk@forum.example": "registration_desk",
        "viewer@forum.example": "viewer",
    }
    exhibitors = dict(ExhibitorManager.objects.values_list("user__email", "exhibitor__slug"))
    assert exhibitors == {
        "exhibitor@forum.example": "vi-du-health",
        "booth@forum.example": "gyeonbon-university",
    }
    for user in User.objects.all():
        assert user.is_staff == (user.email not in exhibitors)
        assert not user.is_superuser
        assert user.check_password(PASSWORD)
        assert EmailAddress.objects.get(user=user).verified
        factors = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        assert factors == ([Authenticator.Type.TOTP] if user.is_staff else [])


def test_an_account_that_somebody_changed_is_left_alone():
    load(accounts=True)
    desk = User.objects.get(email="desk@forum.example")
    desk.set_password("something longer")
    desk.save()
    desk.forum_roles.all().delete()
    assert load(accounts=True) == []
    desk.refresh_from_db()
    assert desk.check_password("something longer")
    assert not desk.forum_roles.exists()


def test_guests_are_registered_as_visitors_are():
    assert "Registered 6 invented guests." in load(guests=True)
    forum = demo_forum()
    alone = Registration.objects.filter(forum=forum, delegation=None)
    assert sorted(alone.values_list("type__slug", "status")) == [
        ("business", "confirmed"),
        ("delegate", "cancelled"),
        ("healthcare", "confirmed"),
        ("press", "pending"),
        ("researcher", "confirmed"),
        ("student", "confirmed"),
    ]
    korean = Registration.objects.get(name="배가정")
    assert korean.consents.get().wording == texts_of(forum, "consent_wording")["ko"]
    # Five confirmations, an application and a cancellation, to addresses that no mail reaches.
    theirs = Message.objects.filter(recipient__in=alone.values("email"))
    kinds = sorted(theirs.values_list("kind", flat=True))
    assert kinds == ["registration.cancelled"] + 5 * ["registration.confirmed"] + ["registration.pending"]
    assert not Message.objects.exclude(recipient__endswith=".example").exists()


def test_a_delegation_of_each_country_has_open_places_and_one_who_was_replaced():
    assert "Opened 2 invented delegations." in load(guests=True)

    seen = {one.country: overview_of(one) for one in Delegation.objects.all()}
    counts = {code: (len(one.members), len(one.former), len(one.places)) for code, one in seen.items()}
    assert counts == {"VN": (4, 1, 3), "KR": (3, 0, 1)}
    assert {person.status for one in seen.values() for person in one.members} == {"confirmed"}
    assert [person.name for person in seen["VN"].members][2] == "Mai Thị Phỏng Chừng"
    assert [place.name for place in seen["VN"].places if place.sent_at] == ["Tạ Minh Hoạ"]
    assert differences() == []


def test_a_guest_whom_the_desk_has_deleted_does_not_come_back():
    load(guests=True)
    Registration.objects.get(name="배가정").delete()
    assert load(guests=True) == []
    assert Registration.objects.filter(delegation=None).count() == 5


def test_without_debug_no_invented_guest_is_registered_or_written_to(settings):
    settings.DEBUG = False
    printed("load_demo", "--accounts")
    assert not Registration.objects.exists()
    kinds = Message.objects.values_list("kind", flat=True)
    assert [kind for kind in kinds if kind.startswith("registration.")] == []


def test_accounts_need_debug_or_the_option(settings):
    settings.DEBUG = False
    printed("load_demo")
    assert not User.objects.exists()
    assert "No demonstration accounts are loaded" in printed("demo_accounts")
    assert printed("load_demo", "--accounts") == (
        "Made the invitation code VIETHAN-DEMO.\nCreated 6 demonstration accounts.\n"
    )
    assert User.objects.count() == 6


def test_debug_creates_accounts_without_the_option(settings):
    settings.DEBUG = True
    said = printed("load_demo")
    assert "Created 6 demonstration accounts." in said
    assert "Registered 6 invented guests." in said


def test_the_printed_code_opens_the_second_factor(clock):
    load(accounts=True)
    # 29 seconds into a period of 30, as seen by an authenticator app.
    clock.set(datetime(2027, 3, 4, 5, 6, 29, tzinfo=ZoneInfo("UTC")))
    lines = printed("demo_accounts").splitlines()
    assert lines[0] == "Organizers of the demonstration"
    assert lines[1] == "  owner@forum.example  owner"
    assert lines[-2] == "  exhibitor@forum.example  vi-du-health"
    assert f"  Password             {PASSWORD}" in lines
    assert f"  Its secret (TOTP)    {TOTP_SECRET}" in lines
    factor = next(line for line in lines if line.startswith("  Second factor"))
    assert factor.endswith(", for another 1 s")
    code = factor.split()[2].rstrip(",")
    owner = User.objects.get(email="owner@forum.example")
    totp = Authenticator.objects.get(user=owner).wrap()
    assert not totp.validate_code(f"{(int(code) + 1) % 1_000_000:06d}")
    assert totp.validate_code(code)
