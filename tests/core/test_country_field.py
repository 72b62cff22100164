"""The form field for a country."""

import re

import pytest
from django import forms
from django.utils import translation

from core.country_field import CountryField


class Form(forms.Form):
    country = CountryField()


@pytest.mark.parametrize(("language", "name"), [("vi", "Đức"), ("ko", "독일"), ("en", "Germany")])
def test_it_is_drawn_in_the_readers_language_with_the_chosen_one_selected(language: str, name: str) -> None:
    with translation.override(language):
        drawn = str(Form(initial={"country": "DE"})["country"])

    assert re.findall(r'<option value="(\w+)" selected>([^<]+)<', drawn) == [("DE", name)]
    assert len(re.findall("<option", drawn)) == 250
    assert "required" in drawn


@pytest.mark.parametrize("typed", ["XX", "EU", "de", '"><script>', "DEU", "\x00"])
def test_what_is_no_country_is_refused_and_not_written_into_the_page(typed: str) -> None:
    form = Form({"country": typed})

    assert not form.is_valid()
    assert "selected" not in str(form["country"])
    assert "<script>" not in str(form["country"])


def test_a_country_is_kept_and_none_is_required() -> None:
    assert Form({"country": "KR"}).is_valid()
    assert not Form({"country": ""}).is_valid()
