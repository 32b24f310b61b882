"""gunicorn, locally and in production (deploy/systemd): gunicorn campaign_portal.wsgi"""

import os

bind = os.environ.get("PORTAL_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
preload_app = True  # workers share the memory of what is loaded
timeout = 60
graceful_timeout = 20
keepalive = 5
# By default gunicorn listens for commands under $HOME, which may be missing or shared.
control_socket_disable = True
# No access log: who asked for a ballot page at which second is nobody's business (design §6).
accesslog = None
errorlog = "-"
# X-Forwarded-* is judged by the portal itself (TRUSTED_PROXIES).
forwarder_headers = ""
