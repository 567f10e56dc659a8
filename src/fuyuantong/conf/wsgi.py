"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from fuyuantong.conf.loading import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuyuantong.conf.settings")
with loading():
    application = get_wsgi_application()

database = connections.settings["default"]
# threads of the server come and go, and each would keep a connection of its own
database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 20, "timeout": 10}
# a connection that a restarted database has forgotten is replaced, and nobody sees an error for it
database["CONN_HEALTH_CHECKS"] = True
