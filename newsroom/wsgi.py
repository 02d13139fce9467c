"""The WSGI application that Granian serves: Django's, with the page cache in front of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # the apps have to be ready

from articles.delivery.listening import Listener  # noqa: E402
from articles.delivery.page_cache import PageCache  # noqa: E402
from newsroom.checks import refuse_bad_variables  # noqa: E402

refuse_bad_variables()
Listener().start()
if settings.NEWSROOM_PAGE_CACHE_MB:
    application = PageCache(application, settings.NEWSROOM_PAGE_CACHE_MB)  # type: ignore[assignment]
