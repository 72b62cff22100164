"""The inbox page shows every mail, however hostile, and lets none of them do anything."""

import http.client
import json
import threading
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.mail_catcher import MailCatcher, MailStore
from embedded.mail_catcher.inbox import InboxServer
from embedded.mail_catcher.message import parse
from tests.examples import examples

HOSTILE = {
    "empty": b"",
    "not a mail": b"\x00\xff\xfe" * 100,
    "markup in the subject": b"Subject: <script>alert(1)</script>\r\n\r\n<img src=x onerror=alert(1)>",
    "unknown charset": b"Subject: =?x-none?b?//8=?=\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\xff",
    "charset that is no text": b"Content-Type: text/plain; charset=zlib\r\n\r\nx",
    "broken base64": b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n====A",
    "broken encoded word": b"Subject: =?utf-8?b?w?= =?utf-8?q?=ZZ?=\r\n\r\nx",
    "boundary missing": b"Content-Type: multipart/mixed\r\n\r\nx",
    "endless nesting": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(200)
    ),
    "path as a file name": (
        b"Content-Type: application/octet-stream\r\n"
        b'Content-Disposition: attachment; filename="../../etc/passwd\r\n X: y"\r\n\r\nx'
    ),
    "header injection in a file name": (
        b"Content-Type: text/html\r\nContent-Disposition: attachment; "
        b"filename*=utf-8''a%0d%0aSet-Cookie:%20x%22;.html\r\n\r\n<script>alert(1)</script>"
    ),
    "type with markup": b'Content-Type: text/"><script>\r\n\r\nx',
    "lone surrogate": "Subject: \udce9\r\n\r\nx".encode("utf-8", "surrogatepass"),
    "one line of a megabyte": b"Subject: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "many headers": b"".join(b"X-%d: y\r\n" % n for n in range(2000)) + b"\r\nx",
    "direction tricks": "Subject: \u202egnp.exe\r\n\r\n\u2066x".encode(),
}


@pytest.fixture(scope="module")
def catcher(tmp_path_factory):
    """Give a catcher that nobody sends to: mails are put into its store."""
    catcher = MailCatcher(MailStore(tmp_path_factory.mktemp("mails")))
    yield catcher
    catcher.close()


@pytest.fixture(scope="module")
def server(catcher):
    """Give a running inbox."""
    server = InboxServer(catcher)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def ask(server, catcher):
    """Give a function that asks the inbox: status, headers, body."""
    catcher.store.clear()

    def asked(path, *, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content.decode("utf-8", "replace")

    yield asked
    catcher.fail("ok")


def put(catcher, raw, *, to="b@forum.example"):
    return catcher.store.add(sender="a@forum.example", recipients=[to], raw=raw)


def ticket_mail():
    mail = EmailMessage()
    mail["Subject"] = "Vé của bạn"
    mail["From"] = "Forum <noreply@forum.example>"
    mail.set_content("Mở https://forum.example/vi/registration/abc/?a=1&b=2. Để xem.")
    mail["Content-Language"] = "vi"  # goes down to the text when the HTML joins it
    mail.add_alternative(
        '<p style="color:red">Vé</p><img src="cid:qr@forum"><img src="cid:none">', subtype="html"
    )
    _, rich = mail.iter_parts()
    rich.add_related(b"\x89PNG", "image", "png", cid="<qr@forum>")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="hội-nghị.ics")
    return mail.as_bytes()


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_hostile_mail_is_shown_and_does_nothing(ask, catcher, raw):
    mail = put(catcher, raw, to='"><script>@forum.example\r\nX-Injected: 1')
    pages = ["/", f"/messages/{mail.id}/", f"/messages/{mail.id}/html", f"/messages/{mail.id}/raw"]
    pages += ["/api/messages.json", f"/api/messages/{mail.id}"]
    pages += [f"/messages/{mail.id}/parts/{part.number}" for part in mail.parsed.parts]
    for page in pages:
        status, headers, body = ask(page)
        assert status == 200, page
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers
        assert "'unsafe-eval'" not in headers["Content-Security-Policy"]
        if page in pages[:2]:
            assert "<script>" not in body
            assert "<img" not in body
            assert "script-src 'self';" in headers["Content-Security-Policy"]


@settings(max_examples=examples(200), deadline=None)
@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_taking_a_mail_apart_never_raises(rest):
    for head in (b"", b"Subject: ", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"):
        parsed = parse(head + rest)
        json.dumps([parsed.headers, parsed.subject, parsed.text, parsed.html])
        str(parsed.attachments).encode()


def test_list_tells_to_subject_and_language(ask, catcher):
    put(catcher, ticket_mail(), to="mai@forum.example")
    body = ask("/")[2]
    for expected in ("1 mail<", "mai@forum.example", "Vé của bạn", "Tiếng Việt", "with attachments"):
        assert expected in body


def test_message_page_shows_text_with_links_and_the_attachments(ask, catcher):
    mail = put(catcher, ticket_mail())
    body = ask(f"/messages/{mail.id}/")[2]
    assert 'href="https://forum.example/vi/registration/abc/?a=1&amp;b=2" ' in body
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in body
    assert "hội-nghị.ics</a> text/calendar, 15 bytes" in body


def test_html_has_its_images_and_may_run_nothing(ask, catcher):
    mail = put(catcher, ticket_mail())
    _, headers, body = ask(f"/messages/{mail.id}/html")
    assert '<img src="data:image/png;base64,iVBORw==">' in body
    assert '<img src="cid:none">' in body
    assert headers["Content-Security-Policy"].startswith("sandbox allow-popups ")
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_attachment_is_a_download_with_its_name(ask, catcher):
    mail = put(catcher, ticket_mail())
    number = next(part.number for part in mail.parsed.attachments if part.filename)
    status, headers, body = ask(f"/messages/{mail.id}/parts/{number}")
    assert (status, body) == (200, "BEGIN:VCALENDAR")
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''h%E1%BB%99i-ngh%E1%BB%8B.ics"
    assert headers["Content-Type"] == "text/calendar"


def test_description_for_tests_has_everything(ask, catcher):
    mail = put(catcher, ticket_mail())
    summary = json.loads(ask("/api/messages.json")[2])[0]
    assert (summary["id"], summary["subject"], summary["language"]) == (mail.id, "Vé của bạn", "vi")
    described = json.loads(ask(f"/api/messages/{mail.id}")[2])
    assert described["text"].startswith("Mở https://")
    assert [part["type"] for part in described["attachments"]] == ["image/png", "text/calendar"]


def test_clearing_forgets_every_mail(ask, catcher):
    put(catcher, ticket_mail())
    assert ask("/clear")[0] == 404
    assert ask("/clear", method="POST")[0] == 303
    assert "No mail yet." in ask("/")[2]
    assert list(catcher.store.folder.glob("*.eml")) == []


def test_fault_is_set_and_told(ask, catcher):
    wanted = json.dumps({"mode": "permfail", "reply": "550 5.7.1 Go away", "times": 1})
    assert ask("/api/faults", method="POST", body=wanted)[0] == 200
    assert catcher.fault.answer == "550 5.7.1 Go away"
    assert json.loads(ask("/api/faults")[2])["times"] == 1
    assert ask("/faults", method="POST", body="mode=ok")[0] == 303
    assert catcher.fault.mode == "ok"


@pytest.mark.parametrize(
    "wanted", ["", "[]", "null", '{"mode": "explode"}', '{"mod": "ok"}', "\ud800", "{" * 9000]
)
def test_fault_that_is_none_is_refused(ask, catcher, wanted):
    body = wanted.encode("utf-8", "surrogatepass")
    assert ask("/api/faults", method="POST", body=body)[0] == 400
    assert catcher.fault.mode == "ok"


def test_another_name_for_this_machine_is_refused(ask, catcher):
    put(catcher, ticket_mail())
    assert ask("/", Host="evil.example")[0] == 421
    assert ask("/", Host="localhost:1234")[0] == 200


def test_form_of_another_site_is_refused(ask, catcher):
    put(catcher, ticket_mail())
    assert ask("/clear", method="POST", Origin="http://evil.example")[0] == 403
    assert ask("/clear", method="POST", Origin="null")[0] == 403
    assert len(catcher.store) == 1


@pytest.mark.parametrize("size", ["-1", "many", "10001"])
def test_body_of_a_strange_size_is_refused(ask, size):
    assert ask("/clear", method="POST", **{"Content-Length": size})[0] == 413


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/messages/x/",
        "/messages/../x/",
        "/api/messages/x",
        "/../inbox.css",
        "/?x=%00",
        "/messages/",
    ],
)
def test_address_of_nothing(ask, path):
    assert ask(path)[0] == (200 if path.startswith("/?") else 404)


def test_part_that_the_mail_does_not_have(ask, catcher):
    mail = put(catcher, ticket_mail())
    assert ask(f"/messages/{mail.id}/parts/99")[0] == 404
