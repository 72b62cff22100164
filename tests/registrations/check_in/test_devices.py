"""How a telephone becomes a device and ceases to be one; the page it sees; the organizers' pages."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from registrations.check_in.devices import device_with, enrol
from registrations.enrolled_devices import WrongCode, enrolment_code, revoke, seen
from registrations.models import CheckInDevice, Door, Registration, Scan
from registrations.tasks import count_out_guests
from registrations.views.scanner import COOKIE
from tests.conftest import Clock, CountQueries
from tests.factories import DoorFactory, RegistrationFactory, at
from tests.registrations.check_in.conftest import MORNING, Hold, qr_of

pytestmark = pytest.mark.django_db
PAGE = "/en/check-in/"


def enrolled(client: Client, device: CheckInDevice, by: User) -> Client:
    """Enrol a browser by the link in the QR."""
    code = enrolment_code(device, by=by)
    assert client.get(f"{PAGE}enrol/{code}/").status_code == 200
    assert client.post(f"{PAGE}enrol/", {"code": code}).headers["Location"] == PAGE
    return client


def test_a_telephone_is_enrolled_by_one_code_once(client: Client, device: CheckInDevice, owner: User) -> None:
    code = enrolment_code(device, by=owner)
    # Whoever merely looks at the link has not used it.
    for _look in range(2):
        page = client.get(f"{PAGE}enrol/{code}/")
        assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    response = client.post(f"{PAGE}enrol/", {"code": f" {code[:4].lower()}-{code[4:]}"})
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    device.refresh_from_db()
    assert device.enrolled_at is not None
    assert cookie.value not in (device.secret_hash, "")
    assert (device_with(cookie.value), device_with("x"), device_with("")) == (device, None, None)
    second = Client().post(f"{PAGE}enrol/", {"code": code})
    assert COOKIE not in second.cookies
    assert "This code is not valid" in second.content.decode()
    actions = AuditEntry.objects.filter(action__startswith="checkindevice").values_list("action", flat=True)
    assert sorted(actions) == ["checkindevice.code_made", "checkindevice.enrolled"]


def test_a_code_is_void_after_a_quarter_of_an_hour_or_a_newer_one(
    device: CheckInDevice, owner: User, clock: Clock
) -> None:
    old = enrolment_code(device, by=owner)
    new = enrolment_code(device, by=owner)
    with pytest.raises(WrongCode):
        enrol(old)
    clock.advance(minutes=15, seconds=1)
    with pytest.raises(WrongCode):
        enrol(new)


def test_codes_cannot_be_tried_without_end(client: Client, device: CheckInDevice, clock: Clock) -> None:
    cache.clear()
    assert clock.timestamp() > 0  # it stands still, so that all tries are of one minute
    statuses = {client.post(f"{PAGE}enrol/", {"code": "x" * 16}).status_code for _try in range(21)}
    assert statuses == {200, 429}


def test_a_revoked_device_sees_the_enrolment_again(
    client: Client, device: CheckInDevice, owner: User
) -> None:
    phone = enrolled(client, device, owner)
    assert "check-in-config" in phone.get(PAGE).content.decode()
    for _twice in range(2):
        revoke(device, by=owner)
    assert "check-in-config" not in phone.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(action="checkindevice.revoked").count() == 1


def test_a_telephone_signs_itself_off(client: Client, device: CheckInDevice, owner: User) -> None:
    phone = enrolled(client, device, owner)
    response = phone.post(f"{PAGE}leave/")
    assert response.cookies[COOKIE].value == ""
    device.refresh_from_db()
    assert (device.revoked_at is not None, device.secret_hash) == (True, "")


def test_only_this_page_may_use_the_camera_and_webassembly(
    client: Client, device: CheckInDevice, owner: User
) -> None:
    page = enrolled(client, device, owner).get(PAGE)
    assert "script-src 'self' 'wasm-unsafe-eval'" in page["Content-Security-Policy"]
    assert page["Permissions-Policy"].startswith("camera=(self)")
    assert "no-store" in page["Cache-Control"]
    elsewhere = client.get("/en/")
    assert "wasm" not in elsewhere["Content-Security-Policy"]
    assert elsewhere["Permissions-Policy"].startswith("camera=()")


def test_the_page_can_be_kept_like_an_app(client: Client, forum: object) -> None:
    manifest = client.get("/ko/check-in/app.webmanifest").json()
    assert (manifest["start_url"], manifest["scope"]) == ("/ko/check-in/", "/ko/check-in/")
    worker = client.get("/ko/check-in/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    same = client.get("/ko/check-in/sw.js", headers={"if-none-match": worker["ETag"]})
    assert same.status_code == 304


def test_without_script_a_code_is_checked_in(
    client: Client, device: CheckInDevice, owner: User, mai: Registration, now: Clock
) -> None:
    phone = enrolled(client, device, owner)
    page = phone.get(PAGE).content.decode()
    once = re.search(r'name="once" value="([0-9a-f-]+)"', page)
    assert once
    form = {"door": "main", "direction": "in", "text": "vk7h2k94", "once": once[1]}
    for _twice in range(2):
        answer = phone.post(PAGE, form).content.decode()
        assert "Welcome" in answer
        assert "Trần Thị Mai" in answer
    assert Scan.objects.get().method == Scan.Method.TYPED
    empty = phone.post(PAGE, form | {"text": ""}).content.decode()
    assert "Write the code" in empty


# --- the organizers' pages ---------------------------------------------------------------------------------


def test_an_organizer_adds_a_device_shows_its_qr_and_revokes_it(desk_client: Client, main_door: Door) -> None:
    added = desk_client.post(
        "/admin/registrations/checkindevice/add/", {"name": "Phone 7", "door": main_door.pk, "_save": "1"}
    )
    device = CheckInDevice.objects.get(name="Phone 7")
    assert (device.forum, added["Location"]) == (
        main_door.forum,
        f"/admin/registrations/checkindevice/{device.pk}/enrol/",
    )
    shown = desk_client.post(added["Location"]).content.decode()
    code = re.search(r'enrolment-code">([A-Z0-9-]{19})<', shown)
    assert code
    found, _secret = enrol(code[1])
    assert found == device
    seen(device, clock_ahead_ms=-90_000, scans_waiting=4)
    listed = desk_client.get("/admin/registrations/checkindevice/").content.decode()
    assert "90 giây" in listed or "90 seconds slow" in listed
    desk_client.post(f"/admin/registrations/checkindevice/{device.pk}/revoke/")
    device.refresh_from_db()
    assert device.revoked_at is not None
    refused = desk_client.post(added["Location"])
    assert refused.status_code in {302, 403}


def test_the_live_numbers(
    hold: Hold, desk_client: Client, mai: Registration, main_door: Door, assert_queries: CountQueries
) -> None:
    main_door.capacity = 2
    main_door.save()
    hold(mai, main_door)
    again = hold(mai, main_door, minutes=1)
    Scan.objects.filter(pk=again.pk).update(told="admitted")
    page = desk_client.get("/admin/registrations/door/numbers/").content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "1 / 2" in shown
    assert re.search(r'<a href="[^"]+conflict=yes">1</a>', page)
    with assert_queries(9):
        desk_client.get("/admin/registrations/door/numbers/")
    DoorFactory.create_batch(2, forum=main_door.forum)
    with assert_queries(9):
        desk_client.get("/admin/registrations/door/numbers/")


def test_contradictions_are_found_and_scans_taken_back(
    hold: Hold, desk_client: Client, mai: Registration, main_door: Door
) -> None:
    first = hold(mai, main_door, minutes=10)
    hold(mai, main_door, minutes=5, told="admitted")
    listed = desk_client.get("/admin/registrations/scan/?conflict=yes").content.decode()
    assert str(first.pk) in listed
    assert listed.count('name="_selected_action"') == 1
    desk_client.post(
        "/admin/registrations/scan/", {"action": "withdraw_chosen", "_selected_action": [str(first.pk)]}
    )
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert Door.objects.get().inside == 1


def test_a_door_takes_rooms_and_kinds_of_its_own_forum_alone(
    desk_client: Client, main_door: Door, open_forum: object
) -> None:
    fields = {
        "forum": main_door.forum_id,
        "slug": "hall",
        "position": 2,
        "kind": "room",
        "name_vi": "Cửa",
        "name_ko": "문",
        "name_en": "Door",
    }
    refused = desk_client.post("/admin/registrations/door/add/", fields)
    assert refused.status_code == 200
    assert Door.objects.count() == 1
    room = main_door.forum.venue.rooms.get(slug="hall")
    desk_client.post("/admin/registrations/door/add/", fields | {"room": room.pk})
    assert Door.objects.get(slug="hall").room == room


def test_beat_counts_out_at_midnight(hold: Hold, mai: Registration, main_door: Door, now: Clock) -> None:
    hold(mai, main_door)
    count_out_guests()
    assert Door.objects.get().inside == 1
    now.set(at(0, 1, day=MORNING.date() + timedelta(days=1)))
    count_out_guests()
    assert Door.objects.get().inside == 0
    assert timezone.now() == now.instant
    other = RegistrationFactory(forum=main_door.forum, type=mai.type, code="VK-2222-22")
    assert hold(qr_of(other), main_door, minutes=24 * 60).result == Scan.Result.ADMITTED


@pytest.mark.django_db(transaction=True)
def test_a_crowd_at_one_door_does_not_keep_the_others_from_being_counted(
    hold: Hold, mai: Registration, main_door: Door, now: Clock, settings: Any
) -> None:
    settings.LOCK_TIMEOUT_MS = 100
    other = DoorFactory(forum=main_door.forum)
    hold(mai, main_door)
    hold(mai, other)
    now.set(at(0, 1, day=MORNING.date() + timedelta(days=1)))
    locked, done = threading.Event(), threading.Event()

    def crowd() -> None:
        with transaction.atomic():
            Door.objects.select_for_update().get(pk=main_door.pk)
            locked.set()
            done.wait(20)
        connection.close()

    holder = threading.Thread(target=crowd)
    holder.start()
    try:
        assert locked.wait(10)
        count_out_guests()
    finally:
        done.set()
        holder.join()

    assert dict(Door.objects.values_list("pk", "inside")) == {main_door.pk: 1, other.pk: 0}
