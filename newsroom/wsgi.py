"""The WSGI application that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from newsroom.checks import refuse_bad_variables  # noqa: E402  # the apps have to be ready

refuse_bad_variables()
