"""`make clean`: take the data of this checkout away, wherever they lie."""

import shutil

from kimportal.stack import leaders, places
from kimportal.stack.embedded import LOCAL_DIR
from kimportal.stack.errors import StackError
from kimportal.stack.postgres_server import PostgresServer
from kimportal.stack.redis_server import RedisServer
from kimportal.stack.sharing import is_shared


def remove() -> None:
    """Remove .local and what had no place in it; refuse while the portal runs."""
    if not LOCAL_DIR.exists():
        return
    if is_shared(LOCAL_DIR):
        raise StackError("The portal runs, or its tests do. Stop them first.")
    leaders.end_all()
    PostgresServer(LOCAL_DIR).stop()
    RedisServer.of(LOCAL_DIR).stop()
    for folder in {places.short_dir(LOCAL_DIR), places.postgres_home(LOCAL_DIR), LOCAL_DIR}:
        shutil.rmtree(folder, ignore_errors=True)
