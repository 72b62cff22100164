"""What columns are called in the lists of people who write Vietnamese, Korean or English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.folding import fold
from core.i18n import Localized

# What a list can say of a person, in the order in which the page explains it.
COLUMNS: Final = (
    *("name", "latin_name", "job_title", "organization_name", "email"),
    *("country", "language", "type", "precedence"),
)

# How the site itself calls them; tests see to it that each is understood again.
HEADINGS: Final[Mapping[str, str | Promise]] = {
    "name": _("Full name"),
    "latin_name": _("Name in Latin letters"),
    "job_title": _("Position"),
    "organization_name": _("Organization"),
    "email": _("E-mail"),
    "country": _("Country"),
    "language": _("Language"),
    "type": _("Type of attendance"),
    "precedence": _("Order of precedence"),
}

# What the page shows as an example of each; invented, and the same in every language.
EXAMPLES: Final[Mapping[str, str]] = {
    "name": "Nguyễn Thị Mẫu",
    "latin_name": "NGUYEN THI MAU",
    "job_title": "Giám đốc",
    "organization_name": "Bệnh viện Mẫu",
    "email": "mau@hospital.example",
    "country": "VN",
    "language": "vi",
    "precedence": "1",
}

# Written as people write them; compared without case and accents.
_WORDS: Final[Mapping[str, str]] = {
    "name": (
        "name, full name, họ và tên, họ tên, tên, tên đầy đủ, họ tên đại biểu, 이름, 성명, 성함, "
        "name of participant, participant"
    ),
    "latin_name": (
        "latin name, name in latin letters, name in english, english name, name latin, passport name, "
        "tên latinh, tên không dấu, tên tiếng anh, tên theo hộ chiếu, 영문 이름, 영문명, 영문 성명, 여권 이름"
    ),
    "job_title": "position, job title, title, role, chức vụ, chức danh, vị trí, 직위, 직책, 직함",
    "organization_name": (
        "organization, organisation, company, institution, ministry, hospital, affiliation, employer, "
        "đơn vị, cơ quan, tổ chức, công ty, đơn vị công tác, nơi công tác, 소속, 기관, 회사, 단체, 소속 기관"
    ),
    "email": "e-mail, email, mail, e-mail address, email address, thư điện tử, địa chỉ email, 이메일",
    "country": "country, country or territory, nation, nationality, quốc gia, nước, 국가, 나라, 국적",
    "language": "language, language of mails, ngôn ngữ, tiếng, 언어",
    "type": (
        "type, kind, type of attendance, category, loại, tư cách, hình thức, diện, diện tham dự, "
        "tư cách tham dự, loại hình tham dự, 유형, 구분, 참가 유형, 참석 유형"
    ),
    "precedence": "precedence, order of precedence, order, no, thứ tự, stt, thứ tự lễ tân, 순서, 의전 순서",
}


def explained(kind: Localized) -> list[tuple[str | Promise, str | Localized]]:
    """Return each column with an example, for a page that explains them; ``kind`` is a type of attendance."""
    return [(HEADINGS[name], EXAMPLES.get(name, kind)) for name in COLUMNS]


def _plain(words: str) -> str:
    return re.sub(r"[^\w]+", " ", fold(words).replace("_", " ")).strip()


_NAMES: Final = {_plain(word): name for name, words in _WORDS.items() for word in words.split(",")}


def column_named(heading: str) -> str:
    """Return which of :data:`COLUMNS` a heading names, in any of the site's languages, or nothing."""
    return _NAMES.get(_plain(heading), "")
