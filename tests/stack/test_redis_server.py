"""Which Redis is started."""

import pytest

from kimportal.stack import redis_server
from kimportal.stack.errors import StackError
from kimportal.stack.redis_server import redis_program


@pytest.mark.parametrize("name", ["redis-server", "valkey-server"])
def test_a_server_of_the_machine_comes_first(monkeypatch, name):
    monkeypatch.setattr(redis_server.shutil, "which", {name: f"/usr/bin/{name}"}.get)
    assert redis_program() == f"/usr/bin/{name}"


def test_where_there_is_none_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(redis_server.shutil, "which", lambda _name: None)
    monkeypatch.setattr(redis_server, "find_spec", lambda _name: None)
    with pytest.raises(StackError, match="apt-get install redis-server"):
        redis_program()
