"""The tags of the design system."""

import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.i18n import Localized

HANOI, SEOUL = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Asia/Seoul")


def draw(source: str, language: str = "en", **context: object) -> str:
    """Render a template that has the tags loaded, in a language."""
    with translation.override(language):
        return Template("{% load ui %}" + source).render(Context(context))


class TestText:
    def test_a_text_in_the_readers_language_is_escaped_and_no_more(self) -> None:
        text = Localized("Ung thư <b>", "vi", "vi")
        assert draw("{% text t %}", "vi", t=text) == "Ung thư &lt;b&gt;"

    def test_a_fallback_says_its_language_to_eyes_and_machines(self) -> None:
        drawn = draw("{% text t %}", t=Localized("암 <b>", "ko", "en"))
        assert '<span lang="ko">암 &lt;b&gt;</span>' in drawn
        assert "shown in Korean" in drawn

    def test_the_note_can_be_left_out_but_not_the_language(self) -> None:
        drawn = draw("{% text t note=False %}", t=Localized("암", "ko", "en"))
        assert drawn == '<span lang="ko">암</span>'

    def test_nothing_is_an_empty_string(self) -> None:
        assert draw("{% text t %}|{% prose t %}", t=None) == "|"

    def test_prose_makes_paragraphs_and_lets_no_html_through(self) -> None:
        drawn = draw("{% prose t %}", t="One & <script>\nline\n\nTwo")
        assert drawn == ('<div class="prose"><p>One &amp; &lt;script&gt;<br>line</p>\n\n<p>Two</p></div>')

    def test_prose_in_another_language_says_so(self) -> None:
        drawn = draw("{% prose t %}", "vi", t=Localized("One\n\nTwo", "en", "vi"))
        assert 'lang="en"' in drawn
        assert "hiển thị bằng tiếng Anh" in drawn

    def test_a_headline_keeps_its_compounds(self) -> None:
        drawn = draw("{% headline t %}", "vi", t=Localized("Về trí tuệ nhân tạo <i>", "vi", "vi"))
        assert drawn == 'Về <span class="together">trí tuệ nhân tạo</span> &lt;i&gt;'


class TestPeople:
    minister = {"vi": "Bùi Thế Duy", "en": "Bùi Thế Duy", "ko": "부이 테 주이"}
    doctor = {"vi": "Park Yun Kyu", "en": "Park Yun Kyu", "ko": "박윤규"}

    @pytest.mark.parametrize(
        ("language", "names", "expected"),
        [
            ("vi", minister, "Bùi Thế Duy"),
            ("en", minister, '<span lang="vi">Bùi Thế Duy</span>'),
            ("ko", minister, "부이 테 주이"),
            ("vi", doctor, "Park Yun Kyu"),
            ("ko", doctor, "박윤규"),
        ],
    )
    def test_names_are_those_the_reader_knows(self, language: str, names: dict, expected: str) -> None:
        assert draw("{% person_name n %}", language, n=names) == expected

    def test_the_own_name_stands_beside_it_where_it_differs(self) -> None:
        assert draw("{% person_own_name n o %}", "vi", n=self.minister, o="Bùi Thế Duy") == ""
        assert draw("{% person_own_name n o %}", "vi", n=self.doctor, o="박윤규") == (
            '<span lang="ko">박윤규</span>'
        )

    def test_a_drawn_portrait_escapes_what_it_shows(self) -> None:
        drawn = draw("{% portrait n 'VN' %}", n="<b> &")
        assert "<b>" not in drawn
        assert ">B</text>" in drawn
        assert 'aria-hidden="true"' in drawn

    def test_a_photograph_takes_the_place_of_the_drawing(self) -> None:
        class Photo:
            url = '/media/a"b.jpg'

        drawn = draw("{% portrait n 'VN' photo big=True %}", n="An", photo=Photo())
        assert drawn.startswith('<img class="portrait big" src="/media/a&quot;b.jpg" alt=""')


class TestLabels:
    def test_languages_of_a_session(self) -> None:
        drawn = draw("{% langline spoken into %}", "vi", spoken=["vi"], into=["ko", "en"])
        assert re.sub(r"<[^>]+>", "", drawn).strip() == "Nói: ViệtPhiên dịch: Hàn, Anh"

    def test_a_session_without_a_language_says_nothing(self) -> None:
        assert draw("{% langline spoken into %}", spoken=[], into=[]).strip() == ""

    def test_a_track_is_colour_weave_and_word(self) -> None:
        drawn = draw("{% track 'twill' n %}", n="Cancer <")
        assert drawn == (
            '<span class="track" data-track="twill">'
            '<span class="weave" aria-hidden="true"></span>Cancer &lt;</span>'
        )

    def test_a_code_stays_on_its_line_and_an_address_breaks_after_its_sign(self) -> None:
        assert draw("{{ c|unbroken }}", c="VK-<1>") == '<span class="nowrap">VK-&lt;1&gt;</span>'
        assert draw("{{ a|breaks_at_sign }}", a="desk@forum.example") == "desk@<wbr>forum.example"
        assert draw("{{ a|breaks_at_sign }}", a="<desk>") == "&lt;desk&gt;<wbr>"

    def test_countries(self) -> None:
        assert draw("{{ 'KR'|country_name }}", "en") == "Korea"
        assert draw("{{ 'KR'|country_name }}", "ko") == "대한민국"
        assert draw("{{ 'FR'|country_name }}", "vi") == "Pháp"
        assert draw("{{ 'ZZZ'|country_name }}", "vi") == "ZZZ"

    @pytest.mark.parametrize(("language", "expected"), [("vi", "1.234"), ("ko", "1,234"), ("en", "1,234")])
    def test_numbers_in_the_readers_convention(self, language: str, expected: str) -> None:
        assert draw("{{ 1234|number }}", language) == expected


class TestTime:
    start = datetime(2031, 5, 14, 2, 0, tzinfo=UTC)
    end = datetime(2031, 5, 14, 2, 45, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("vi", "Hà Nội 09:00–09:45 · Seoul 11:00–11:45"),
            ("ko", "하노이 09:00–09:45 · 서울 11:00–11:45"),
            ("en", "Hanoi 09:00–09:45 · Seoul 11:00–11:45"),
        ],
    )
    def test_hanoi_first_then_seoul(self, language: str, expected: str) -> None:
        drawn = draw("{% time_pair s e a b %}", language, s=self.start, e=self.end, a=HANOI, b=SEOUL)
        assert re.sub(r"<[^>]+>", "", drawn).strip().replace("&nbsp;", " ") == expected
        assert 'datetime="2031-05-14T' in drawn

    def test_other_zones_are_known_by_their_city(self) -> None:
        assert draw("{{ z|zone_city }}", "vi", z=ZoneInfo("Asia/Tokyo")) == "Tokyo"

    def test_offsets(self) -> None:
        assert draw("{{ t|zone_offset:z }}", t=self.start, z=SEOUL) == "UTC+9"
        assert draw("{{ t|zone_offset:z }}", t=self.start, z=ZoneInfo("Asia/Kolkata")) == "UTC+5.5"
        assert draw("{{ t|zone_offset:z }}", t=self.start, z=ZoneInfo("America/Lima")) == "UTC-5"


class Form(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Name", help_text="As on the badge.")
    job = forms.CharField(label="Job", required=False)
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agree = forms.BooleanField(label="I agree to everything below.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class TestFields:
    def test_label_hint_and_control_belong_together(self) -> None:
        drawn = draw("{% field f.name %}", f=Form())
        assert '<label for="id_name">Name</label>' in drawn
        assert '<p class="hint" id="id_name_hint">As on the badge.</p>' in drawn
        assert 'aria-describedby="id_name_hint"' in drawn
        assert "aria-invalid" not in drawn
        assert "optional" not in drawn

    def test_an_error_stands_beside_the_field_and_is_read_out_with_it(self) -> None:
        drawn = draw("{% field f.name %}", f=Form({"name": ""}))
        assert 'class="field bad"' in drawn
        assert 'aria-describedby="id_name_hint id_name_error"' in drawn
        assert 'aria-invalid="true"' in drawn
        assert re.search(r'<div id="id_name_error">.*This field is required\.', drawn, re.DOTALL)

    def test_what_was_typed_is_kept_and_escaped(self) -> None:
        drawn = draw("{% field f.job %}", f=Form({"job": '"><script>'}))
        assert 'value="&quot;&gt;&lt;script&gt;"' in drawn
        assert '<span class="optional">(optional)</span>' in drawn

    def test_a_group_is_a_fieldset_with_a_legend(self) -> None:
        drawn = draw("{% field f.kind %}", f=Form({}))
        assert "<legend>Kind</legend>" in drawn
        assert drawn.count('<label class="choice"') == 2
        assert re.search(r'<fieldset class="field bad"[^>]* aria-describedby="id_kind_error"', drawn)

    def test_a_checkbox_has_its_label_beside_it(self) -> None:
        drawn = draw("{% field f.agree %}", f=Form({}))
        assert '<label class="choice" for="id_agree"><input type="checkbox"' in drawn
        assert "optional" not in drawn

    def test_a_hidden_field_is_bare(self) -> None:
        assert draw("{% field f.token %}", f=Form()).strip() == (
            '<input type="hidden" name="token" id="id_token">'
        )

    def test_the_summary_links_to_each_control(self) -> None:
        form = Form({})
        form.is_valid()
        form.add_error(None, "Nobody may come.")
        drawn = draw("{% error_summary f %}", f=form)
        assert re.findall(r'href="#(\w+)"', drawn) == ["id_name", "id_kind_0", "id_agree"]
        assert "Name: This field is required." in drawn
        assert "Nobody may come." in drawn
        assert "4 things need another look" in drawn
        assert 'role="alert"' in drawn
        assert 'tabindex="-1"' in drawn

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [({"name": "Mai"}, True), ({}, False), ({"name": "Mai", "password": "secret"}, False)],
    )
    def test_the_summary_promises_what_is_shown_again(self, typed: dict[str, str], kept: bool) -> None:
        class SignIn(forms.Form):
            name = forms.CharField(required=False)
            password = forms.CharField(required=False, widget=forms.PasswordInput)
            token = forms.CharField(required=False, widget=forms.HiddenInput)

        form = SignIn({"token": "t", **typed})
        form.add_error(None, "This is wrong.")

        assert ("is still there" in draw("{% error_summary f %}", f=form)) is kept

    def test_no_errors_no_summary(self) -> None:
        assert draw("{% error_summary f %}", f=Form()).strip() == ""


class TestAddresses:
    @pytest.mark.parametrize("language", ["vi", "ko", "en"])
    def test_the_switcher_keeps_page_and_query(self, language: str, rf: RequestFactory) -> None:
        request = rf.get(f"/{language}/venue/?a=1&b=%E1%BA%BF")
        drawn = draw("{% language_links %}", language, request=request)
        assert re.findall(r'href="([^"]+)"', drawn) == [
            f"/language/{code}/?next=%2F{code}%2Fvenue%2F%3Fa%3D1%26b%3D%25E1%25BA%25BF"
            for code in ("vi", "ko", "en")
        ]
        assert re.findall(r'lang="(\w+)" hreflang="\w+" aria-current="true"', drawn) == [language]

    def test_the_head_names_the_page_in_every_language(self, rf: RequestFactory) -> None:
        drawn = draw("{% head_links %}", "ko", request=rf.get("/ko/venue/?utm=1"))
        site = "http://127.0.0.1:8000"
        found = re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', drawn)
        assert {code: address.split("/", 3)[3] for code, address in found} == {
            "vi": "vi/venue/",
            "ko": "ko/venue/",
            "en": "en/venue/",
            "x-default": "en/venue/",
        }, site
        assert re.search(r'rel="canonical" href="[^"?]+/ko/venue/"', drawn)
        assert 'og:locale" content="ko_KR"' in drawn

    def test_the_home_page_in_no_language_is_the_root(self, rf: RequestFactory) -> None:
        drawn = draw("{% head_links %}", "vi", request=rf.get("/vi/"))
        assert re.search(r'hreflang="x-default" href="https?://[^/"]+/"', drawn)

    def test_the_current_page_and_its_section_are_marked(self, rf: RequestFactory) -> None:
        tag = "{% current_page 'events:agenda' %}"
        assert draw(tag, "vi", request=rf.get("/vi/agenda/")) == ' aria-current="page"'
        assert draw(tag, "vi", request=rf.get("/vi/agenda/opening/")) == ' aria-current="true"'
        assert draw(tag, "vi", request=rf.get("/vi/venue/")) == ""


def test_structured_data_cannot_leave_its_block() -> None:
    data = {"name": "</script><script>alert(1)</script> & ế"}
    drawn = draw("{% json_ld d %}", d=data)
    inside = drawn.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert ">" not in inside
    assert json.loads(inside) == data


def test_the_cloth_is_explained_in_words() -> None:
    drawn = draw("{% cloth %}", "en")
    assert drawn.count("<path") == 4 + 8 + 4
    assert '<strong lang="vi">sức khoẻ</strong>' in drawn
    assert '<strong lang="ko">건강</strong>' in drawn
