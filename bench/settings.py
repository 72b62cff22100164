"""The site's settings, and two addresses more: views that do next to nothing, behind the same middleware."""

from forum_site.settings import *  # noqa: F403 # everything as in production

ROOT_URLCONF = "bench.urls"
