"""How gunicorn serves the portal in development: it starts anew when a file changes."""

from kimportal import settings

worker_class = "gthread"
workers = 2
threads = 4
# A photo of 5 MB over a village's line takes its time.
timeout = 180
graceful_timeout = 3
loglevel = "warning"
reload = True
# Django keeps templates and catalogs in memory.
reload_extra_files = [
    str(file)
    for folder in (settings.BASE_DIR / "templates", settings.BASE_DIR / "locale")
    for file in folder.rglob("*")
    if file.suffix in {".html", ".txt", ".svg", ".mo"}
]
