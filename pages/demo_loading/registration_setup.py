"""The shared places, the questions, the purposes and the invitation code of the demonstration."""

from events.models import Forum
from pages.demo.registration_setup import (
    INVITATION_CODE,
    INVITATION_USES,
    PRIORITY_NAME,
    PRIORITY_RANK,
    PURPOSES,
    QUESTIONS,
    QUOTA_NAME,
    QUOTA_PLACES,
    QUOTA_TYPES,
    REASONS,
    QuestionRecord,
)
from registrations.models import (
    ConsentPurpose,
    DecisionReason,
    Invitation,
    PriorityClass,
    Question,
    QuestionOption,
    Quota,
    RegistrationType,
)


def load_registration_setup(forum: Forum) -> list[str]:
    """Add the questions and the purposes where a forum has none; return a sentence for each thing done."""
    done = []
    if not forum.questions.exists():
        _create_questions(forum)
        done.append(f"Added {len(QUESTIONS)} questions of the registration form.")
    if not forum.consent_purposes.exists():
        for position, record in enumerate(PURPOSES, start=1):
            ConsentPurpose.objects.create(
                forum=forum, kind=record.kind, position=position, **record.wording.columns("wording")
            )
        done.append(f"Added {len(PURPOSES)} purposes that people may agree to.")
    if not DecisionReason.objects.filter(forum=forum).exists():
        for position, reason in enumerate(REASONS, start=1):
            DecisionReason.objects.create(forum=forum, position=position, **reason.columns("name"))
        done.append(f"Added {len(REASONS)} reasons for declining.")
    return done


def share_places(forum: Forum) -> None:
    """Let the kinds of attendance of a new forum share the places of the house, and rank invited guests."""
    quota = Quota.objects.create(forum=forum, name=QUOTA_NAME, capacity=QUOTA_PLACES)
    rank = PriorityClass.objects.create(forum=forum, name=PRIORITY_NAME, rank=PRIORITY_RANK)
    kinds = RegistrationType.objects.filter(forum=forum)
    kinds.filter(slug__in=QUOTA_TYPES).update(quota=quota)
    kinds.filter(slug="vip").update(priority_class=rank)


def load_invitation(forum: Forum) -> bool:
    """Make the code with which everybody may try the form of invited guests, unless there are codes."""
    kind = RegistrationType.objects.filter(forum=forum, visibility="invited").first()
    if kind is None or forum.invitations.exists():
        return False
    Invitation.objects.create(
        forum=forum,
        type=kind,
        code=INVITATION_CODE,
        max_uses=INVITATION_USES,
        reserves_places=True,
        note="Demonstration",
    )
    return True


def _create_questions(forum: Forum) -> None:
    made: dict[str, list[QuestionOption]] = {}
    for position, record in enumerate(QUESTIONS, start=1):
        question = _create_question(forum, record, position)
        made[record.slug] = [
            QuestionOption.objects.create(question=question, position=number, **text.columns("name"))
            for number, text in enumerate(record.options, start=1)
        ]
        if record.after:
            slug, number = record.after
            question.depends_on.add(made[slug][number])


def _create_question(forum: Forum, record: QuestionRecord, position: int) -> Question:
    question = Question.objects.create(
        forum=forum,
        kind=record.kind,
        is_required=record.is_required,
        position=position,
        **record.text.columns("name"),
        **(record.help.columns("help") if record.help else {}),
    )
    question.types.set(RegistrationType.objects.filter(forum=forum, slug__in=record.types))
    return question
