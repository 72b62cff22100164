"""A rule reaches the person who broke it as a sentence, in a form or as a page."""

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, DomainError, NotAllowed
from core.middleware import DomainErrorMiddleware


class Form(forms.Form):
    """A form with one field."""

    name = forms.CharField(required=False)


@pytest.mark.parametrize(("field", "place"), [("name", "name"), ("other", "__all__"), (None, "__all__")])
def test_the_sentence_stands_beside_its_field(field: str | None, place: str) -> None:
    form = Form({"name": "x"})
    assert form.is_valid()
    DomainError("Too late.", field=field).add_to(form)
    assert dict(form.errors) == {place: ["Too late."]}


def test_the_sentence_is_translated_when_it_is_read() -> None:
    error = DomainError(_("Enter a valid date."))
    with translation.override("ko"):
        assert str(error) == "올바른 날짜를 입력하세요."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DomainError("It is full."), 409),
        (NotAllowed("Not yours."), 403),
        (Conflict("Changed meanwhile."), 409),
    ],
)
def test_an_error_that_no_form_caught_is_a_page(error: DomainError, status: int) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    middleware = DomainErrorMiddleware(view)
    response = middleware.process_exception(RequestFactory().get("/"), error)
    assert response is not None
    assert response.status_code == status
    assert str(error) in response.content.decode()


def test_other_exceptions_are_not_swallowed() -> None:
    middleware = DomainErrorMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None
