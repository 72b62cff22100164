"""Where uploaded files lie: the entries of STORAGES, from addresses of folders and buckets."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured


def media_storage(storage_url: str) -> dict[str, Any]:
    """Return the entry of STORAGES for uploaded files from a STORAGE_URL."""
    parts = urlsplit(storage_url)
    if parts.scheme == "file":
        if parts.netloc or not parts.path.startswith("/"):
            raise ImproperlyConfigured(
                "STORAGE_URL must have three slashes before a folder: file:///srv/media."
            )
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": parts.path, "base_url": "/media/"},
        }
    if not parts.netloc:
        raise ImproperlyConfigured("STORAGE_URL must name a bucket: s3://media.")
    public = urlsplit(_options(parts).get("public", ""))
    if public.scheme != "https" or not public.netloc or public.path.strip("/"):
        raise ImproperlyConfigured(
            "STORAGE_URL must say where browsers read the files: s3://media?public=https://files.example."
        )
    # Addresses without a signature: published agendas hold them, and a signature would expire.
    return _bucket(parts, custom_domain=public.netloc, querystring_auth=False)


def private_storage(storage_url: str, public_url: str) -> dict[str, Any]:
    """Return the entry of STORAGES for files without a public address, apart from those that have one."""
    parts, public = urlsplit(storage_url), urlsplit(public_url)
    if parts.scheme == "file":
        if parts.netloc or not parts.path.startswith("/"):
            raise ImproperlyConfigured(
                "PRIVATE_STORAGE_URL must have three slashes before a folder: file:///srv/private."
            )
        if public.scheme == "file" and Path(parts.path).is_relative_to(public.path):
            raise ImproperlyConfigured("PRIVATE_STORAGE_URL must not lie inside the folder of STORAGE_URL.")
        return {"BACKEND": "core.private_files.PrivateFolder", "OPTIONS": {"location": parts.path}}
    if not parts.netloc or (public.scheme == "s3" and public.netloc == parts.netloc):
        raise ImproperlyConfigured(
            "PRIVATE_STORAGE_URL must name a bucket of its own, which browsers cannot read: s3://private."
        )
    return _bucket(parts)


def _bucket(parts: SplitResult, **more: Any) -> dict[str, Any]:
    options = _options(parts)
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "endpoint_url": options.get("endpoint"),
            "region_name": options.get("region"),
            "file_overwrite": False,
            **more,
        },
    }


def _options(parts: SplitResult) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(parts.query).items()}
