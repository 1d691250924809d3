"""The web application as servers take it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from opstap.config.backups.in_use import hold

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opstap.config.settings")
hold(Path(settings.DATA))
application = get_wsgi_application()
