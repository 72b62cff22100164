"""The HTML of the inbox. Everything that came in a mail is escaped here, or shown in a sandbox."""

import base64
import html
import re
from urllib.parse import quote

from embedded.mail_catcher.message import Part
from embedded.mail_catcher.smtp import MODES, Fault
from embedded.mail_catcher.store import Stored

# Shown inside the mail. SVG too: as an image it runs no script.
IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"}
LANGUAGES = {"vi": "Tiếng Việt", "ko": "한국어", "en": "English"}
HEADERS_SHOWN = 60
LONGEST_HEADER = 2000


def page(title: str, content: str) -> str:
    """Return a whole page."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="stylesheet" href="/inbox.css">
<link rel="icon" href="data:,">
<script type="module" src="/inbox.js"></script>
</head>
<body>
<header class="bar"><a class="home" href="/">Inbox</a>
<p>Every mail this development site sends ends here and goes nowhere else.</p></header>
<main>{content}</main>
</body>
</html>
"""


def inbox(mails: list[Stored], fault: Fault) -> str:
    """Return the list of all mails, newest first, with the switch for faults."""
    rows = "".join(row(mail) for mail in mails)
    if rows:
        listing = f'<ol class="mails" data-newest="{mails[0].id}">{rows}</ol>'
    else:
        listing = (
            '<p class="empty" data-newest="">No mail yet. Register at the forum, and it arrives here.</p>'
        )
    count = f"{len(mails)} mail{'' if len(mails) == 1 else 's'}"
    choices = "".join(
        f'<option value="{mode}"{" selected" if mode == fault.mode else ""}>{mode}</option>' for mode in MODES
    )
    return page(
        f"Inbox ({len(mails)})",
        f"""<div class="head"><h1>{count}</h1>
<form method="post" action="/clear"><button>Clear the inbox</button></form></div>
{listing}
<form class="fault" method="post" action="/faults">
<label for="mode">The mail server answers</label>
<select id="mode" name="mode">{choices}</select><button>Set</button></form>""",
    )


def row(mail: Stored) -> str:
    """Return one line of the list."""
    subject = html.escape(mail.parsed.subject) or "<i>no subject</i>"
    extra = '<span class="clip" title="with attachments">⊕</span>' if mail.parsed.attachments else ""
    return (
        f'<li><a href="/messages/{mail.id}/"><span class="to"><bdi>{recipients(mail)}</bdi></span>'
        f'<span class="subject"><bdi>{subject}</bdi>{extra}</span>'
        f"{language(mail) or '<span></span>'}{moment(mail)}</a></li>"
    )


def message(mail: Stored) -> str:
    """Return the page of one mail: as it looks, as text, its attachments, its headers."""
    parsed = mail.parsed
    subject = html.escape(parsed.subject) or "<i>no subject</i>"
    sections = []
    if parsed.html:
        sections.append(
            '<section><h2>As HTML</h2><iframe title="The mail as HTML" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox" '
            f'src="/messages/{mail.id}/html"></iframe></section>'
        )
    if parsed.text:
        sections.append(f"<section><h2>As text</h2><pre>{linked(parsed.text)}</pre></section>")
    if parsed.attachments:
        items = "".join(attachment(mail, part) for part in parsed.attachments)
        sections.append(f'<section><h2>Attachments</h2><ul class="parts">{items}</ul></section>')
    headers = "".join(
        f"<tr><th>{html.escape(name)}</th><td><bdi>{html.escape(value[:LONGEST_HEADER])}</bdi></td></tr>"
        for name, value in parsed.headers[:HEADERS_SHOWN]
    )
    sections.append(
        f"<section><details><summary>Headers</summary><table>{headers}</table></details>"
        f'<p><a href="/messages/{mail.id}/raw">The mail as it was sent</a></p></section>'
    )
    return page(
        parsed.subject or "Mail",
        f"""<p><a href="/">← All mails</a></p><h1><bdi>{subject}</bdi></h1>
<dl class="envelope"><dt>To</dt><dd><bdi>{recipients(mail)}</bdi></dd>
<dt>From</dt><dd><bdi>{html.escape(parsed.header("From"))}</bdi></dd>
<dt>Came</dt><dd>{moment(mail)}</dd><dt>Language</dt><dd>{language(mail) or "not said"}</dd></dl>
{"".join(sections)}""",
    )


def recipients(mail: Stored) -> str:
    """Return whom the mail was delivered to."""
    return html.escape(", ".join(mail.recipients)[:LONGEST_HEADER]) or "<i>nobody</i>"


def language(mail: Stored) -> str:
    """Return the name of the mail's language, or nothing when it does not say."""
    code = mail.parsed.language
    if not code:
        return ""
    return f'<span class="language">{html.escape(LANGUAGES.get(code.lower(), code[:20]))}</span>'


def moment(mail: Stored) -> str:
    """Return when the mail came, in UTC; the page's script turns it into the reader's own time."""
    return (
        f'<time datetime="{mail.received_at:%Y-%m-%dT%H:%M:%SZ}">{mail.received_at:%d %b %H:%M:%S} UTC</time>'
    )


def attachment(mail: Stored, part: Part) -> str:
    """Return a link to one attachment."""
    name = part.filename or part.content_id or f"part {part.number}"
    return (
        f'<li><a href="/messages/{mail.id}/parts/{part.number}">{html.escape(name)}</a> '
        f"{html.escape(part.content_type)}, {len(part.content):,} bytes</li>"
    )


def linked(text: str) -> str:
    """Return plain text with its web addresses made into links."""
    pieces = re.split(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)])", text)
    return "".join(
        f'<a href="{html.escape(piece)}" rel="noreferrer" target="_blank">{html.escape(piece)}</a>'
        if number % 2
        else html.escape(piece)
        for number, piece in enumerate(pieces)
    )


def sandboxed(mail: Stored) -> str:
    """Return the mail's own HTML for the sandboxed frame: its images put in, its links opening outside."""
    images = {
        part.content_id: part for part in mail.parsed.parts if part.content_id and part.content_type in IMAGES
    }

    def embedded(match: re.Match[str]) -> str:
        part = images.get(html.unescape(match.group(1)))
        if part is None:
            return match.group()
        return f"data:{part.content_type};base64,{base64.b64encode(part.content).decode()}"

    body = re.sub(r"cid:([^\"'\s)>]+)", embedded, mail.parsed.html)
    return f'<!doctype html><meta charset="utf-8"><base target="_blank">{body}'


def content_disposition(part: Part) -> str:
    """Return the header that names a download (RFC 6266), whatever the mail called it."""
    name = re.sub(r"[/\\\x00-\x1f\x7f]", "_", part.filename) or f"part-{part.number}"
    return f"attachment; filename*=UTF-8''{quote(name.encode('utf-8', 'replace')[:200])}"
