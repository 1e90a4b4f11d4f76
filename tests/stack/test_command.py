"""`exec`: commands share the servers."""

import sys

from tests.stack.embedded import PATIENCE

USES_BOTH = """
import psycopg2, redis
from kimportal import settings
database = settings.DATABASES["default"]
with psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"]) as connection:
    cursor = connection.cursor()
    cursor.execute("SELECT 'é' < 'z', upper('é'), current_setting('max_connections')::int")
    print(cursor.fetchone(), redis.from_url(settings.REDIS_URL).ping())
"""


def test_commands_share_the_servers_and_the_last_one_out_stops_them(stack):
    holder = stack.start("exec", "--", "sh", "-c", "echo up; exec sleep 600")
    stack.wait_for(lambda: "up" in stack.said())
    servers = {pid for pid, command in stack.processes().items() if "sleep" not in command} - {holder.pid}

    guest = stack.finish("exec", "--", sys.executable, "-c", USES_BOTH)
    assert (guest.returncode, guest.stdout) == (0, "(False, 'É', 100) True\n")
    assert servers <= set(stack.processes())

    holder.terminate()
    assert holder.wait(timeout=PATIENCE) == 143
    assert stack.processes() == {}


def test_servers_of_a_killed_command_serve_the_next_one_and_stop_with_it(stack):
    killed = stack.start("exec", "--", "sh", "-c", "echo up; exec sleep 600")
    stack.wait_for(lambda: "up" in stack.said())
    stack.kill(but="redis-server")
    assert killed.wait(timeout=PATIENCE) == -9
    stack.wait_for(lambda: len(stack.processes()) == 1)  # what PostgreSQL had started notices and ends

    next_one = stack.finish("exec", "--", sys.executable, "-c", USES_BOTH)
    assert (next_one.returncode, next_one.stderr) == (0, "")
    assert stack.processes() == {}


def test_who_watches_a_run_that_was_killed_ends_what_it_left(stack):
    killed = stack.start("exec", "--", "sh", "-c", "echo up; exec sleep 600")
    stack.wait_for(lambda: "up" in stack.said())
    killed.kill()
    killed.wait(timeout=PATIENCE)
    watched = stack.finish("watch", stack.address, str(killed.pid))
    assert (watched.returncode, watched.stdout) == (
        1,
        "The program that runs the portal is gone: the portal stops.\n",
    )
    assert [command for command in stack.processes().values() if "sleep 600" not in command] == []


def test_the_exit_code_of_a_command_is_handed_on(stack):
    assert stack.finish("exec", "--", "sh", "-c", "exit 7").returncode == 7
    assert stack.processes() == {}
