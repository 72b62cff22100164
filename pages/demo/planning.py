"""What the organizers plan with: opening hours, a speaker's absence, and a warning that they accepted."""

from pages.demo.records import AbsenceRecord, HoursRecord

# The reception of the forum day goes on after the house has closed: that is warned of, and was accepted.
HOURS: tuple[HoursRecord, ...] = (
    HoursRecord(day=-1, opens="12:30", closes="17:30"),
    HoursRecord(day=0, opens="07:30", closes="19:00"),
    HoursRecord(day=1, opens="08:30", closes="17:30"),
)
ACCEPTED_SESSION = "reception"
ACCEPTED_REASON = "Toà nhà đồng ý mở cửa đến 20:00 cho buổi chiêu đãi."

# While a workshop of his is on: that is warned of, and still open.
ABSENCES: tuple[AbsenceRecord, ...] = (
    AbsenceRecord(
        speaker="yoon-pyobon", day=1, start="11:00", end="15:00", note="Ra sân bay Nội Bài lúc 11:00"
    ),
)
