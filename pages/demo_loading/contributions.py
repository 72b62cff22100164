"""What invented speakers have sent in, by the same services as from their own pages."""

from datetime import datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from events.models import Forum, Material, Proposal, SessionSpeaker
from events.services.answers import answer_part
from events.services.materials import add_material, is_open
from events.services.proposals import columns_of, propose
from pages.demo.contributions import (
    CONFIRMED_WITH,
    DECLINED,
    DECLINED_WITH,
    HOST,
    POSITION,
    PRESENTER,
    PROPOSER,
    SLIDES_TITLE,
)
from speakers.models import Speaker

# Slides are asked for a week before the opening, at the end of the day.
DAYS_BEFORE = 7


@transaction.atomic
def load_contributions(forum: Forum) -> bool:
    """
    Send in a proposal, slides and answers, unless there are proposals already; say whether that was done.

    The speakers get addresses and a language first, so that links can be mailed to them.
    """
    if Proposal.objects.filter(speaker__slug=PROPOSER).exists():
        return False
    _set_deadline(forum)
    for speaker in Speaker.objects.filter(is_demo=True, email=""):
        speaker.email = f"{speaker.slug}@{HOST}"
        speaker.language = "ko" if speaker.country == "KR" else "vi"
        speaker.save(update_fields=["email", "language"])
    _propose(Speaker.objects.get(slug=PROPOSER))
    for part in SessionSpeaker.objects.filter(
        session__forum=forum, speaker__slug__in=[PRESENTER, DECLINED], role=SessionSpeaker.Role.SPEAKER
    ).select_related("speaker", "session__forum"):
        _answer(part)
    return True


def _set_deadline(forum: Forum) -> None:
    day = forum.main_day - timedelta(days=DAYS_BEFORE)
    forum.materials_deadline = timezone.make_aware(datetime.combine(day, time(23, 59)), forum.zone)
    forum.save(update_fields=["materials_deadline", "changed_at"])


def _propose(speaker: Speaker) -> None:
    texts = {name: getattr(speaker, name) for name in columns_of(None)}
    propose(speaker, fields={**texts, **POSITION.columns("position")})


def _answer(part: SessionSpeaker) -> None:
    speaker = part.speaker
    if speaker.slug == DECLINED:
        answer_part(part, speaker=speaker, answer="declined", note=DECLINED_WITH.in_language("ko"))
        return
    answer_part(part, speaker=speaker, answer="confirmed", note=CONFIRMED_WITH.in_language("ko"))
    # A forum that was loaded weeks ago, by an earlier edition of the site, may take no slides any more.
    if not is_open(part.session.forum, timezone.now()):
        return
    add_material(
        part.session,
        speaker=speaker,
        kind=Material.Kind.SLIDES,
        title=SLIDES_TITLE,
        upload=ContentFile(one_page(SLIDES_TITLE), "slides.pdf"),
    )


def one_page(words: str) -> bytes:
    """Return a PDF of one page that says ``words``, in Latin letters (ISO 32000-1, annex H.2)."""
    text = f"BT /F1 28 Tf 60 260 Td ({words}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 405] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, lines)
    return written + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
