"""The web application as other servers than `opstap serve` take it: what that refuses is not served by them either."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opstap.config.settings")
application = get_wsgi_application()

from opstap.config.starting import begin_for_another_server  # noqa: E402 - the apps are loaded by now

begin_for_another_server()
