"""How gunicorn serves the portal in production: gunicorn -c deploy/gunicorn.conf.py kimportal.wsgi"""

import multiprocessing

bind = "unix:/run/portal/web.sock"
worker_class = "gthread"
workers = multiprocessing.cpu_count() + 1
threads = 4
# nginx holds slow uploads back until they are complete, so this is the time of our own work.
timeout = 60
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
accesslog = None
