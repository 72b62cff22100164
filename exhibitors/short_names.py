"""Names of organizations where there is little room: without the legal form, broken at words."""

from __future__ import annotations

import re
from typing import Final

# Before the name in Vietnamese and Korean, behind it in English and Korean; the longest first.
_BEFORE: Final = re.compile(
    r"\A(?:"
    r"công ty (?:trách nhiệm hữu hạn|tnhh|cổ phần|cp|hợp danh)(?: (?:mtv|một thành viên))?"
    r"|công ty|doanh nghiệp tư nhân|tập đoàn"
    r"|주식회사|유한회사|합자회사|재단법인|사단법인|학교법인|의료법인|\(주\)|㈜|\(재\)|\(사\)"
    r")\s+",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"[\s,]+(?:co\.?,? ?ltd\.?|company limited|limited|ltd\.?|inc\.?|corp\.?|corporation|llc|jsc|plc|gmbh"
    r"|joint stock company|주식회사|유한회사|\(주\)|㈜)\Z",
    re.IGNORECASE,
)


def short_name(name: str) -> str:
    """Return a name without its legal form: “Công ty TNHH Ví Dụ” → “Ví Dụ”; one that is all of it stays."""
    short = _BEHIND.sub("", _BEFORE.sub("", name.strip(), count=1))
    return short.strip() or name
