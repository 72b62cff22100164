"""The site's settings, and one address more: a view that does nothing, behind the same middleware."""

from forum_site.settings import *  # noqa: F403 # everything as in production

ROOT_URLCONF = "bench.urls"
