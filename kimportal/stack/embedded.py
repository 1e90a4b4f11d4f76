"""Which servers are ours to run: those that settings point to."""

from pathlib import Path

from kimportal import settings
from kimportal.stack import places
from kimportal.stack.postgres_server import PostgresServer
from kimportal.stack.redis_server import RedisServer
from kimportal.stack.sharing import Server

LOCAL_DIR: Path = settings.LOCAL_DIR


def embedded_servers() -> list[Server]:
    """None with DATABASE_URL and REDIS_URL set, else PostgreSQL, Redis or both."""
    servers: list[Server] = []
    if settings.DATABASES["default"]["HOST"] == places.database_settings(LOCAL_DIR)["HOST"]:
        servers.append(PostgresServer(LOCAL_DIR))
    if places.redis_url(LOCAL_DIR) == settings.REDIS_URL:
        servers.append(RedisServer.of(LOCAL_DIR))
    return servers
