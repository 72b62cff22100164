"""A missing browser is not passed over in silence."""

import shutil

import pytest

from tests.browser.chromium import PHONE, Watch, find_chromium, no_sideways_scroll, widest
from tests.browser.conftest import OpenBrowser


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), (None, pytest.skip.Exception)])
def test_a_missing_browser(
    no_browser: None, monkeypatch: pytest.MonkeyPatch, ci: str | None, outcome: type[BaseException]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if ci:
        monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="apt-get install chromium"):
        find_chromium()


def test_what_the_browser_complains_about_is_noticed(open_browser: OpenBrowser, watch: Watch) -> None:
    page = open_browser().new_page()
    page.goto("/en/")
    page.evaluate("setTimeout(() => { throw new Error('broken script'); })")
    page.evaluate("document.body.setAttribute('onclick', 'x()')")
    page.evaluate("fetch('/nothing-here').catch(() => {})")
    page.wait_for_timeout(300)
    complaints = "\n".join(watch.complaints)
    watch.expected += ["script: ", "console: ", "404 "]
    assert "broken script" in complaints
    assert "Content Security Policy" in complaints
    assert "404 " in complaints


def test_what_is_too_wide_is_noticed(open_browser: OpenBrowser) -> None:
    page = open_browser(viewport=PHONE).new_page()
    page.goto("/en/")
    no_sideways_scroll(page)
    page.evaluate("() => { document.querySelector('h1').style.inlineSize = '900px'; }")
    with pytest.raises(AssertionError, match="px wide in a window of 360 px"):
        no_sideways_scroll(page)
    assert any("<h1" in element for element in widest(page))
