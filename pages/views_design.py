"""The living page of all components, in development only: what the design system has, in every state.

It draws the real partials and tags, so that it cannot drift from what pages use; nothing here reads
the database but the forum in header and footer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.i18n import Localized, current_language

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SEOUL = ZoneInfo("Asia/Seoul")
WEAVES = (
    ("check", "Bệnh viện số"),
    ("twill", "Ung thư"),
    ("warp", "Hình ảnh y khoa"),
    ("weft", "Nền tảng dịch vụ"),
    ("basket", "Dữ liệu"),
    ("knot", "Đạo đức"),
)
PEOPLE = (
    ({"vi": "Bùi Thế Duy", "en": "Bùi Thế Duy", "ko": "부이 테 주이"}, "Bùi Thế Duy", "VN"),
    ({"vi": "Park Yun Kyu", "en": "Park Yun Kyu", "ko": "박윤규"}, "박윤규", "KR"),
    ({"vi": "Đặng Ẩn", "en": "Đặng Ẩn", "ko": "당 언"}, "Đặng Ẩn", "VN"),
)
TOKENS = (
    "ground",
    "surface",
    "sunk",
    "tint",
    "deep",
    "ink",
    "soft",
    "line",
    "edge",
    "brand",
    "action",
    "danger",
)


class SampleForm(forms.Form):
    """One field of each sort that the site uses."""

    name = forms.CharField(label="Full name", help_text="As you want to see it on the badge.")
    email = forms.EmailField(label="E-mail", help_text="The ticket goes here.")
    title = forms.CharField(label="Job title", required=False)
    country = forms.ChoiceField(label="Country", choices=[("", "—"), ("VN", "Vietnam"), ("KR", "Korea")])
    kind = forms.ChoiceField(
        label="Type of attendance",
        widget=forms.RadioSelect,
        choices=[("guest", "Guest"), ("press", "Press"), ("student", "Student")],
    )
    remark = forms.CharField(label="Remark", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="I agree that the organizers use these data for the forum.")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    start = timezone.now().astimezone(HANOI).replace(hour=9, minute=0, second=0, microsecond=0)
    context = {
        "weaves": WEAVES,
        "people": PEOPLE,
        "tokens": TOKENS,
        "form": SampleForm(initial={"kind": "guest"}, prefix="fine"),
        "bad_form": SampleForm(data={"bad-email": "maudon@", "bad-name": "Hoàng Thị Mẫu Đơn"}, prefix="bad"),
        "fallback": _in_another_language(),
        "start": start,
        "end": start + timedelta(minutes=45),
        "codes": {"vi": ["vi"], "ko": ["ko"], "en": ["en"], "vi_ko": ["vi", "ko"], "ko_en": ["ko", "en"]}
        | {"vi_ko_en": ["vi", "ko", "en"]},
        "hanoi": HANOI,
        "seoul": SEOUL,
        "day_hours": [_hour(start, offset) for offset in range(4)],
    }
    return render(request, "pages/design.html", context)


def _hour(start: datetime, offset: int) -> dict[str, object]:
    return {"quarter": offset * 4, "at": start + timedelta(hours=offset)}


def _in_another_language() -> Localized:
    """Return a text that the reader gets in a language she did not ask for."""
    here = current_language()
    if here == "vi":
        return Localized("여러 병원의 영상을 함께 쓰는 방법", "ko", here)
    return Localized("Cách dùng chung hình ảnh của nhiều bệnh viện", "vi", here)
