"""What devices ask and send."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import ForumRole, User
from core.locking import Busy
from events.models import Forum, Session
from events.services import publish_agenda
from registrations.check_in import lists
from registrations.check_in.devices import enrol
from registrations.enrolled_devices import enrolment_code, revoke
from registrations.models import CheckInDevice, Door, Registration, RegistrationType, Scan, SeatBooking
from registrations.views import check_in_api
from registrations.views.scanner import COOKIE
from tests.conftest import Clock, CountQueries, SignIn, organizer
from tests.factories import DoorFactory, ForumFactory, RegistrationFactory, SessionFactory, at, period
from tests.registrations.check_in.conftest import MORNING, qr_of

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}
Send = Callable[..., Any]


@pytest.fixture
def phone(device: CheckInDevice, owner: User, now: Clock) -> Client:
    """Give the browser of an enrolled telephone."""
    _device, secret = enrol(enrolment_code(device, by=owner))
    client = Client()
    client.cookies[COOKIE] = secret
    return client


def one(text: str, *, minutes: float = 0, **more: Any) -> dict[str, Any]:
    """Return a scan as a device sends it, made ``minutes`` after half past eight by its clock."""
    at = int((MORNING + timedelta(minutes=minutes)).timestamp() * 1000)
    made = {"id": str(uuid.uuid4()), "door": "main", "text": text, "direction": "in", "method": "camera"}
    return made | {"at": at, "ahead": None, "told": ""} | more


def batch(*scans: Any, minutes: float = 0, **more: Any) -> dict[str, Any]:
    """Return what a device sends at a time by its clock."""
    sent = int((MORNING + timedelta(minutes=minutes)).timestamp() * 1000)
    return {"door": "main", "sent": sent, "ahead": None, "waiting": len(scans), "scans": list(scans)} | more


def send(client: Client, data: Any, **headers: str) -> Any:
    """Post to the site as its own page does."""
    body = data if isinstance(data, str) else json.dumps(data)
    return client.post("/en/check-in/scans/", body, content_type="application/json", headers=HERE | headers)


# --- sending ---------------------------------------------------------------------------------------------


def test_a_scan_is_answered_with_whom_it_is_about(
    phone: Client, mai: Registration, main_door: Door, now: Clock
) -> None:
    scan = one(qr_of(mai))
    answer = send(phone, batch(scan)).json()

    assert answer["scans"] == [
        {
            "id": scan["id"],
            "result": "admitted",
            "at": scan["at"],
            "person": {
                "code": "VK-7H2K-94",
                "name": "Trần Thị Mai",
                "organization": mai.organization_name,
                "type": "Guest",
                "colour": "#0f6b74",
                "since": None,
            },
        }
    ]
    assert answer["state"] == {"door": "main", "inside": 1, "capacity": None, "lastMinute": 1}
    assert answer["now"] == scan["at"]
    now.advance(seconds=1)
    again = send(phone, batch(one(qr_of(mai)))).json()["scans"][0]
    assert (again["result"], again["person"]["since"]) == ("already_in", scan["at"])


def test_the_same_batch_again_changes_nothing(phone: Client, mai: Registration) -> None:
    data = batch(one(qr_of(mai)), one("FORUM2:x"), one(mai.code, direction="out"))
    first, second = (send(phone, data).json()["scans"] for _twice in range(2))
    assert first == second
    assert Scan.objects.count() == 3


def test_a_clock_that_is_fast_is_corrected(phone: Client, mai: Registration, now: Clock) -> None:
    now.set(MORNING + timedelta(minutes=10))
    # Its clock is an hour fast: it says 9:35 for 8:35, and sends at 9:40 what it means to be 8:40.
    scan = one(qr_of(mai), minutes=65, told="admitted")
    send(phone, batch(scan, minutes=70))
    stored = Scan.objects.get()
    assert stored.at == MORNING + timedelta(minutes=5)
    assert stored.device_at == MORNING + timedelta(minutes=65)
    assert stored.is_offline
    assert CheckInDevice.objects.get().clock_ahead_ms == 60 * 60 * 1000


def test_what_the_device_knew_of_its_clock_when_it_scanned_counts(
    phone: Client, mai: Registration, now: Clock
) -> None:
    # It was two minutes slow; meanwhile somebody set it right.
    now.set(MORNING + timedelta(minutes=10))
    send(phone, batch(one(qr_of(mai), minutes=1, ahead=-120_000, told="admitted"), minutes=10))
    assert Scan.objects.get().at == MORNING + timedelta(minutes=3)


def test_a_scan_that_cannot_be_taken_does_not_keep_the_others(
    phone: Client, mai: Registration, open_forum: Forum
) -> None:
    closed = DoorFactory(forum=open_forum, slug="closed", is_active=False)
    good, late = one(qr_of(mai)), one(qr_of(mai), door="closed", told="admitted")
    answers = send(
        phone, batch(one("x", id="no-uuid"), "nothing", one("x", door="elsewhere"), good, late)
    ).json()["scans"]

    assert [answer.get("error", answer.get("result")) for answer in answers] == [
        "malformed",
        "malformed",
        "no_such_door",
        "admitted",
        # A door that was closed since: what was scanned there is not lost.
        "admitted",
    ]
    assert Door.objects.get(pk=closed.pk).inside == 1
    assert CheckInDevice.objects.get().scans_waiting == 3


def test_whoever_must_wait_for_a_lock_sends_again(
    phone: Client, mai: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: Any, **_options: Any) -> None:
        raise Busy("wait")

    monkeypatch.setattr(check_in_api, "admit", busy)
    assert send(phone, batch(one(qr_of(mai)))).json()["scans"][0]["error"] == "busy"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "{",
        {"scans": []},
        batch() | {"scans": "x"},
        batch() | {"scans": [{}] * 101},
        batch() | {"sent": "now"},
        batch() | {"sent": 10**30},
        batch() | {"sent": -1},
        batch() | {"waiting": -1},
        batch() | {"door": "a b"},
    ],
)
def test_what_is_malformed_is_a_400_that_names_the_field(phone: Client, data: Any) -> None:
    response = send(phone, data)
    assert (response.status_code, response.json()["error"]) == (400, "malformed")
    assert response.json()["fields"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", ""),
        ("id", "\ud800"),
        ("text", ""),
        ("text", "x" * 301),
        ("direction", "up"),
        ("method", "guess"),
        ("at", None),
        ("at", 10**20),
        ("at", -(10**14)),
        ("ahead", "x"),
        ("told", "maybe"),
        ("text", "\x00"),
        ("text", {"a": 1}),
    ],
)
def test_a_malformed_scan_is_told_so(phone: Client, name: str, value: Any) -> None:
    answers = send(phone, batch(one("x") | {name: value})).json()["scans"]
    assert answers[0].get("error") == "malformed" or answers[0]["result"] == "unknown"
    assert "error" in answers[0] or isinstance(value, dict)


def test_clocks_that_are_wrong_by_centuries_are_no_error(
    phone: Client, mai: Registration, now: Clock
) -> None:
    future = {"sent": 10**14}
    [answer] = send(phone, batch(one(qr_of(mai), told="admitted") | {"at": 0}) | future).json()["scans"]
    # As old as a scan may be: long before the doors open.
    assert answer["result"] == "wrong_day"


def test_who_may_not_scan_is_told_401(client: Client, phone: Client, device: CheckInDevice) -> None:
    assert send(client, batch()).status_code == 401
    assert send(phone, batch()).status_code == 200
    revoke(device, by=None)
    assert send(phone, batch()).json() == {"error": "not_enrolled"}
    assert phone.get("/en/check-in/list/", {"door": "main"}).status_code == 401


def test_another_site_cannot_send(phone: Client) -> None:
    assert send(phone, batch(), origin="https://evil.example").status_code == 403
    assert send(phone, batch(), **{"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_door_of_another_forum_is_none(phone: Client) -> None:
    DoorFactory(forum=ForumFactory(is_current=False), slug="other")
    assert send(phone, batch(door="other")).json() == {"error": "no_such_door"}


# --- roles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [("check_in", 200), ("registration_desk", 200), ("owner", 200), ("viewer", 401), ("agenda_editor", 401)],
)
def test_signed_in_staff_scan_without_a_device(
    sign_in: SignIn, main_door: Door, mai: Registration, now: Clock, role: str, status: int
) -> None:
    user = organizer(main_door.forum, ForumRole.Role(role), "Staff")
    response = send(sign_in(user), batch(one(qr_of(mai))))
    assert response.status_code == status
    if status == 200:
        assert Scan.objects.get().user == user


@pytest.mark.parametrize(
    ("role", "status"), [("check_in", 403), ("registration_desk", 200), ("owner", 200), ("viewer", 401)]
)
def test_only_organizers_take_a_scan_back(
    sign_in: SignIn, main_door: Door, mai: Registration, phone: Client, role: str, status: int
) -> None:
    scan = one(qr_of(mai))
    send(phone, batch(scan))
    user = organizer(main_door.forum, ForumRole.Role(role), "Staff")
    body = json.dumps({"id": scan["id"]})
    url = "/en/check-in/withdraw/"
    assert phone.post(url, body, content_type="application/json", headers=HERE).status_code == 403
    response = sign_in(user).post(url, body, content_type="application/json", headers=HERE)
    assert response.status_code == status
    assert Door.objects.get(pk=main_door.pk).inside == (0 if status == 200 else 1)


# --- the list ----------------------------------------------------------------------------------------------


def listed(client: Client, door: str = "main", **query: Any) -> Any:
    """Return the list of a door."""
    return client.get("/en/check-in/list/", {"door": door, **query}).json()


def test_a_list_holds_what_the_door_needs_and_no_more(
    phone: Client, mai: Registration, open_forum: Forum
) -> None:
    press = open_forum.registration_types.get(slug="press")
    RegistrationFactory(forum=open_forum, type=press, code="VK-9999-99", name="Somebody Else")
    Door.objects.get(slug="main").types.add(mai.type)
    response = phone.get("/en/check-in/list/", {"door": "main"})
    found = response.json()

    assert found["full"] is True
    assert found["forum"]["zone"] == "Asia/Ho_Chi_Minh"
    assert found["forum"]["days"] == ["2031-05-13", "2031-05-15"]
    assert found["door"]["types"] == [mai.type_id]
    assert found["rows"] == [
        ["VK-7H2K-94", 1, 0, mai.type_id, 0, None, [], "Trần Thị Mai", mai.organization_name],
        # Whom this door does not let in has no name here.
        ["VK-9999-99", 1, 0, press.pk, 0, None, [], "", ""],
    ]
    assert mai.email not in response.content.decode()
    assert "no-cache" in response["Cache-Control"]
    unchanged = phone.get("/en/check-in/list/", {"door": "main"}, headers={"if-none-match": response["ETag"]})
    # The version counts the transactions of the whole database; the rows are the same.
    assert unchanged.status_code in {200, 304}


@pytest.mark.django_db(transaction=True)
def test_news_are_what_changed_since(
    phone: Client, mai: Registration, open_forum: Forum, guest: RegistrationType, hall_door: Door
) -> None:
    whole = listed(phone, "hall")
    version, layout = whole["version"], whole["layout"]
    assert listed(phone, "hall", since=version, layout=layout)["rows"] == []
    screening = Session.objects.get(slug="screening")
    changes: list[tuple[Callable[[], Any], list[Any]]] = [
        (lambda: Registration.objects.update(name="Mai"), [0, 0, None, [], "Mai"]),
        (lambda: Registration.objects.update(arrived_at=MORNING), []),
        (
            lambda: SeatBooking.objects.create(registration=mai, session=screening),
            [0, 0, None, [1], "Mai"],
        ),
        (
            lambda: send(phone, batch(one(qr_of(mai), door="hall", minutes=31), minutes=31)),
            [0, 1, int(MORNING.timestamp() * 1000), [1], "Mai"],
        ),
        (
            lambda: Registration.objects.update(status="cancelled", cancelled_at=MORNING),
            [1, 1, int(MORNING.timestamp() * 1000), [1], ""],
        ),
    ]
    for change, expected in changes:
        change()
        news = listed(phone, "hall", since=version, layout=layout)
        assert news["full"] is False
        rows = [[row[2], row[4], row[5], row[6], row[7]] for row in news["rows"]]
        assert rows == ([expected] if expected else [])
        version = news["version"]
    # A device that was never told, or comes from before a backup was restored, gets everything.
    assert listed(phone, "hall", since=version + 10**9, layout=layout)["full"] is True


@pytest.mark.django_db(transaction=True)
def test_when_sessions_come_or_the_door_opens_to_others_the_list_comes_whole(
    phone: Client, mai: Registration, open_forum: Forum, hall_door: Door
) -> None:
    SeatBooking.objects.create(registration=mai, session=Session.objects.get(slug="screening"))
    first = listed(phone, "hall")
    assert first["rows"][0][6] == [1]

    early = SessionFactory(forum=open_forum, room=hall_door.room, period=period(at(7)))
    publish_agenda(forum=open_forum, by=None)
    news = listed(phone, "hall", since=first["version"], layout=first["layout"])
    # Her seat is in the third session of the room now, though nothing of hers was written.
    assert (news["full"], news["rows"][0][6], len(news["sessions"])) == (True, [2], 3)
    assert news["sessions"][0]["start"] == int(early.starts_at.timestamp() * 1000)

    hall_door.types.add(open_forum.registration_types.get(slug="press"))
    closed = listed(phone, "hall", since=news["version"], layout=news["layout"])
    assert (closed["full"], closed["rows"][0][7]) == (True, "")


@pytest.mark.django_db(transaction=True)
def test_without_news_the_answer_is_304(phone: Client, mai: Registration) -> None:
    whole = listed(phone)
    query = {"door": "main", "since": whole["version"], "layout": whole["layout"]}
    first = phone.get("/en/check-in/list/", query)
    again = phone.get("/en/check-in/list/", query, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_number_of_questions_does_not_grow(
    mai: Registration, main_door: Door, guest: RegistrationType, assert_queries: CountQueries
) -> None:
    door = Door.objects.select_related("room", "forum").prefetch_related("types").get(pk=main_door.pk)
    lists.list_for(door)
    for _more in range(2):
        with assert_queries(4):
            lists.list_for(door)
        RegistrationFactory.create_batch(2, forum=door.forum, type=guest)
