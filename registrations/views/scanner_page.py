"""What every page that scans badges needs: at the doors, and at the booths of exhibitors."""

from __future__ import annotations

import functools
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.cache import get_conditional_response

from core.i18n import current_language

# What such a page may beside its own scripts: the reader of QR codes is WebAssembly, and it looks through the
# camera. docs/decisions/check-in-without-network.md
WASM = "'wasm-unsafe-eval'"
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
# What is fetched only when it is needed must be there without network too.
KEPT = (
    "vendor/zxing-wasm/zxing_reader.wasm",
    "vendor/zxing-wasm/zxing-reader.js",
    "vendor/noble-ed25519/ed25519.js",
)


def app_manifest(start: str, *, name: str, short_name: str) -> HttpResponse:
    """What a telephone needs to keep a page like an app (W3C Web Application Manifest)."""
    icons = [
        {
            "src": static(f"img/app-icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    found = {
        "id": start,
        "name": name,
        "short_name": short_name,
        "lang": current_language(),
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#08191d",
        "theme_color": "#08191d",
        "icons": icons,
    }
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json"
    response["Cache-Control"] = "no-cache"
    return response


def worker_script(request: HttpRequest) -> HttpResponseBase:
    """The script that keeps a page, beside which it stands: it sees the addresses below its own alone."""
    script = _script()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["ETag"] = f'"{hashlib.sha256(script).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@functools.cache
def _script() -> bytes:
    return (settings.BASE_DIR / "static" / "js" / "scanner" / "service-worker.js").read_bytes()
