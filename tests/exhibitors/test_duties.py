"""What exhibitors have to do: whom it concerns, how far they are, handing in, deciding, reminding."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.private_files import private_files
from events import attachments
from exhibitors.duties import deciding, errors, facts
from exhibitors.duties.facts import Progress
from exhibitors.duties.handing_in import hand_in, take_back
from exhibitors.duties.reading import State, matrix_of, tasks_of
from exhibitors.duties.reminding import remind_due, remind_now
from exhibitors.errors import ReasonMissing
from exhibitors.models import Exhibitor, TaskEntry, TaskReminder
from exhibitors.services import release_booking
from outbox.models import Message
from tests.conftest import CountQueries
from tests.exhibitors.conftest import REASON, Fair, fair_in
from tests.exhibitors.duties import DAY, line, manager, standing, task, upload
from tests.exhibitors.shown import ProductFactory
from tests.factories import ForumFactory, in_three_languages

Status = TaskEntry.Status


def states(exhibitor: Exhibitor) -> dict[str, str]:
    """Return the state of each of an exhibitor's tasks, by kind."""
    found = tasks_of(exhibitor, now=timezone.now()).lines
    return {one.task.kind: one.state.value for one in found}


@pytest.mark.parametrize(
    ("status", "has_tasks"),
    [("held", False), ("requested", False), ("offered", False), ("accepted", True), ("confirmed", True)],
)
def test_only_who_has_accepted_an_offer_has_something_to_do(fair: Fair, status: str, has_tasks: bool) -> None:
    task(fair, "tick")
    exhibitor = standing(fair, "A1", status)
    assert bool(tasks_of(exhibitor, now=timezone.now()).lines) is has_tasks


def test_a_task_is_for_its_booth_types(fair: Fair) -> None:
    wide, narrow = task(fair, "tick"), task(fair, "upload")
    narrow.types.add(fair.shared)
    wide.types.add(fair.shared, fair.standard)
    assert states(standing(fair, "A1")) == {"tick": "open"}


def test_facts_settle_their_tasks(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("logo", "description", "products", "staff"):
        task(fair, kind)
    exhibitor = standing(fair, "A1", description_vi="Mô tả")
    monkeypatch.setattr(facts, "_counters", [lambda keys: {exhibitor.pk: Progress(1, 2)}])
    assert set(states(exhibitor).values()) == {"open"}
    Exhibitor.objects.filter(pk=exhibitor.pk).update(
        logo="logos/x.webp", description_ko="설명", description_en="Text"
    )
    ProductFactory(exhibitor=exhibitor)
    monkeypatch.setattr(facts, "_counters", [lambda keys: {exhibitor.pk: Progress(2, 2)}])
    assert set(states(exhibitor).values()) == {"done"}


def test_names_of_staff_are_ticked_off_where_nobody_counts_them(
    fair: Fair, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "_counters", [])
    staff = task(fair, "staff", is_checked=False)
    exhibitor = standing(fair, "A1")
    hand_in(staff, exhibitor=exhibitor, by=manager(exhibitor))
    assert line(exhibitor, staff).state == State.DONE


def test_nothing_is_handed_in_for_what_follows_from_facts(fair: Fair) -> None:
    logo, exhibitor = task(fair, "logo"), standing(fair, "A1")
    with pytest.raises(errors.DoneByItself):
        hand_in(logo, exhibitor=exhibitor, by=manager(exhibitor))


def test_a_file_is_handed_in_replaced_and_accepted(fair: Fair, owner: User) -> None:
    policy, exhibitor = task(fair, "insurance"), standing(fair, "A1")
    by = manager(exhibitor)
    with pytest.raises(errors.FileMissing):
        hand_in(policy, exhibitor=exhibitor, by=by)
    first = hand_in(policy, exhibitor=exhibitor, by=by, file=attachments.checked(upload("old.pdf")))
    gone = first.file.name or ""
    second = hand_in(policy, exhibitor=exhibitor, by=by, file=attachments.checked(upload("new.pdf")))
    assert (second.pk, second.file_name, second.status) == (first.pk, "new.pdf", Status.SUBMITTED)
    assert line(exhibitor, policy).state == State.HANDED_IN
    with pytest.raises(errors.ReplacedMeanwhile):
        deciding.accept(policy, exhibitor=exhibitor, by=owner, revision=first.revision)
    for _click in range(2):
        deciding.accept(policy, exhibitor=exhibitor, by=owner, revision=second.revision)
    assert line(exhibitor, policy).state == State.DONE
    with pytest.raises(errors.AcceptedAlready):
        hand_in(policy, exhibitor=exhibitor, by=by, file=attachments.checked(upload()))
    actions = AuditEntry.objects.filter(target_type="exhibitors.taskentry").values_list("action", flat=True)
    assert sorted(actions) == ["taskentry.accepted", "taskentry.submitted", "taskentry.submitted"]
    assert gone != second.file.name


@pytest.mark.django_db(transaction=True)
def test_files_go_when_nothing_names_them_any_more(fair: Fair) -> None:
    policy, exhibitor = task(fair, "insurance"), standing(fair, "A1")
    by, storage = manager(exhibitor), private_files()
    names = []
    for number in range(2):
        entry = hand_in(policy, exhibitor=exhibitor, by=by, file=attachments.checked(upload(f"{number}.pdf")))
        names.append(entry.file.name or "")
    assert [storage.exists(name) for name in names] == [False, True]
    take_back(policy, exhibitor=exhibitor, by=by)
    assert not storage.exists(names[1])
    assert line(exhibitor, policy).state == State.OPEN
    before = storage.listdir("exhibitor-tasks")[1]
    policy.delete()
    with pytest.raises(errors.NotYourTask):
        hand_in(policy, exhibitor=exhibitor, by=by, file=attachments.checked(upload()))
    assert storage.listdir("exhibitor-tasks")[1] == before


def test_what_is_sent_back_says_why_to_every_manager(fair: Fair, owner: User) -> None:
    policy, exhibitor = task(fair, "insurance", name="Policy"), standing(fair, "A1")
    hanoi = manager(exhibitor, language="vi")
    manager(exhibitor, language="ko")
    entry = hand_in(policy, exhibitor=exhibitor, by=hanoi, file=attachments.checked(upload()))
    with pytest.raises(ReasonMissing):
        deciding.send_back(policy, exhibitor=exhibitor, by=owner, reason=" ", revision=entry.revision)
    for _click in range(2):
        deciding.send_back(policy, exhibitor=exhibitor, by=owner, reason="expired", revision=entry.revision)
    told = Message.objects.filter(kind="exhibitor.task_sent_back")
    assert sorted(told.values_list("language", flat=True)) == ["ko", "vi"]
    assert {message.context["reason"] for message in told} == {"expired"}
    one = line(exhibitor, policy)
    assert (one.state, one.is_settled) == (State.SENT_BACK, False)
    again = hand_in(policy, exhibitor=exhibitor, by=hanoi, file=attachments.checked(upload()))
    assert (again.status, again.reason) == (Status.SUBMITTED, "")


def test_a_task_is_waived_and_demanded_again(fair: Fair, owner: User) -> None:
    policy, exhibitor = task(fair, "insurance", due=timezone.now() - DAY), standing(fair, "A1")
    assert line(exhibitor, policy).is_late
    for _click in range(2):
        deciding.waive(policy, exhibitor=exhibitor, by=owner, reason="covered by the host")
    assert (line(exhibitor, policy).state, line(exhibitor, policy).is_late) == (State.WAIVED, False)
    with pytest.raises(errors.Waived):
        hand_in(policy, exhibitor=exhibitor, by=manager(exhibitor), file=attachments.checked(upload()))
    deciding.demand_again(policy, exhibitor=exhibitor, by=owner)
    assert line(exhibitor, policy).is_late


def test_one_exhibitor_has_more_time(fair: Fair, owner: User) -> None:
    tick = task(fair, "tick", due=timezone.now() - DAY)
    patient, other = standing(fair, "A1"), standing(fair, "A2")
    later = timezone.now() + 3 * DAY
    deciding.move_deadline(tick, exhibitor=patient, due_at=later, by=owner, reason="flood")
    assert (line(patient, tick).is_late, line(patient, tick).is_soon) == (False, True)
    assert line(other, tick).is_late


def test_a_voluntary_task_is_never_late(fair: Fair) -> None:
    tick = task(fair, "tick", due=timezone.now() - DAY, is_required=False)
    exhibitor = standing(fair, "A1")
    assert not line(exhibitor, tick).is_late
    assert remind_due() == 0


def test_tasks_of_another_forum_are_nobodys(fair: Fair, owner: User) -> None:
    elsewhere = task(fair_in(ForumFactory(is_current=False), owner), "tick")
    exhibitor = standing(fair, "A1")
    with pytest.raises(errors.NotYourTask):
        hand_in(elsewhere, exhibitor=exhibitor, by=manager(exhibitor))
    with pytest.raises(IntegrityError, match="another forum"), transaction.atomic():
        TaskEntry.objects.create(task=elsewhere, exhibitor=exhibitor)


def test_reading_costs_the_same_for_one_and_for_three(fair: Fair, assert_queries: CountQueries) -> None:
    for kind in ("logo", "tick", "delivery"):
        task(fair, kind)
    for count, number in ((1, "A1"), (3, "A2")):
        while Exhibitor.objects.count() < count:
            exhibitor = standing(fair, f"A{Exhibitor.objects.count() + 1}")
        with assert_queries(7):
            matrix = matrix_of(fair.forum, now=timezone.now())
        assert (len(matrix.rows), len(matrix.lines)) == (count, 3 * count), number
    with assert_queries(6):
        tasks_of(exhibitor, now=timezone.now())


# --- Reminders ----------------------------------------------------------------------------------------


def reminded() -> list[tuple[str, list[str]]]:
    """Return the mails about tasks that are due: to whom, and which tasks they name."""
    rows = Message.objects.filter(kind="exhibitor.tasks_due").order_by("created_at", "recipient")
    return [(row.recipient, [one["name"]["en"] for one in row.context["tasks"]]) for row in rows]


def test_a_reminder_goes_out_a_week_before_a_day_before_and_once_when_late(fair: Fair) -> None:
    due = timezone.now() + 20 * DAY
    task(fair, "tick", due=due, **in_three_languages("explanation", "Tick."))
    exhibitor = standing(fair, "A1")
    by = manager(exhibitor)
    calls = (8 * DAY, 7 * DAY, 6 * DAY, DAY, timedelta(hours=1), -DAY, -9 * DAY)
    assert [remind_due(due - left) for left in calls] == [0, 1, 0, 1, 0, 1, 0]
    assert reminded() == [(by.email, ["Tick"])] * 3
    assert sorted(TaskReminder.objects.values_list("stage", flat=True)) == ["day", "late", "week"]


def test_several_tasks_are_one_mail_to_each_manager_in_her_language(fair: Fair) -> None:
    soon = timezone.now() + 2 * DAY
    task(fair, "tick", due=soon)
    task(fair, "upload", due=soon)
    exhibitor = standing(fair, "A1")
    manager(exhibitor, language="vi")
    manager(exhibitor, language="ko")
    assert remind_due() == 1
    assert sorted(names for _to, names in reminded()) == [["Tick", "Upload"]] * 2
    languages = Message.objects.filter(kind="exhibitor.tasks_due").values_list("language", flat=True)
    assert sorted(languages) == ["ko", "vi"]


def test_nobody_is_reminded_without_a_booth_or_of_what_is_settled(fair: Fair, owner: User) -> None:
    tick = task(fair, "tick", due=timezone.now() + 2 * DAY)
    standing(fair, "A1", "offered")
    done = standing(fair, "A2")
    hand_in(tick, exhibitor=done, by=manager(done))
    gone = standing(fair, "A3")
    release_booking(gone.bookings.get(), by=owner, reason=REASON)
    assert remind_due() == 0


def test_a_moved_deadline_is_reminded_of_anew(fair: Fair, owner: User) -> None:
    now = timezone.now()
    tick = task(fair, "tick", due=now + 2 * DAY)
    exhibitor = standing(fair, "A1")
    assert [remind_due(now), remind_due(now)] == [1, 0]
    deciding.move_deadline(tick, exhibitor=exhibitor, due_at=now + 5 * DAY, by=owner, reason="flood")
    assert [remind_due(now), remind_due(now)] == [1, 0]


def test_organizers_remind_whom_they_choose_and_once_a_click(fair: Fair, owner: User) -> None:
    task(fair, "tick", due=timezone.now() - DAY)
    task(fair, "upload", due=timezone.now() + 3 * DAY)
    task(fair, "delivery")
    late, other = standing(fair, "A1"), standing(fair, "A2")
    told = [remind_now([late], forum=fair.forum, by=owner, token="one") for _click in range(2)]
    assert told == [1, 0]
    assert reminded() == [(late.contact_email, ["Tick", "Upload"])]
    assert other.contact_email not in {to for to, _names in reminded()}
