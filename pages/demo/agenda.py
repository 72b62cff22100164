"""Everything that the demonstration agenda is made of, gathered from the modules beside this one."""

from pages.demo.records import SessionRecord, SpeakerRecord
from pages.demo.sessions_day0 import SESSIONS_DAY0
from pages.demo.sessions_day1_opening import SESSIONS_DAY1_OPENING
from pages.demo.sessions_day1_parallel import SESSIONS_DAY1_PARALLEL
from pages.demo.sessions_day1_talks import SESSIONS_DAY1_TALKS
from pages.demo.sessions_day2 import SESSIONS_DAY2
from pages.demo.speakers_korea import SPEAKERS_KOREA
from pages.demo.speakers_vietnam import SPEAKERS_VIETNAM


def _in_order_of_time(session: SessionRecord) -> tuple[int, str, str]:
    return session.day, session.start, session.room or ""


SESSIONS: tuple[SessionRecord, ...] = tuple(
    sorted(
        (
            *SESSIONS_DAY0,
            *SESSIONS_DAY1_OPENING,
            *SESSIONS_DAY1_TALKS,
            *SESSIONS_DAY1_PARALLEL,
            *SESSIONS_DAY2,
        ),
        key=_in_order_of_time,
    )
)

SPEAKERS: tuple[SpeakerRecord, ...] = (*SPEAKERS_VIETNAM, *SPEAKERS_KOREA)
