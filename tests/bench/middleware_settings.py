"""The newsroom behind Django's own cache of whole pages, in the memory of the process."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import CACHES, MIDDLEWARE

CACHES["pages"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
CACHE_MIDDLEWARE_ALIAS = "pages"
CACHE_MIDDLEWARE_SECONDS = 3600
MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
    "tests.bench.kept.kept",
]
