"""`make run`, really started."""

import socket

import pytest

from tests.stack.embedded import PATIENCE


def test_a_portal_that_was_killed_starts_again_and_stops_without_a_trace(stack):
    first = stack.start("run")
    stack.wait_until_healthy(first)
    second = stack.finish("run")
    assert second.returncode == 1
    assert (
        second.stderr
        == f"The portal of this folder already runs, at http://localhost:{stack.port}. Stop that one first.\n"
    )

    stack.kill(but="gunicorn")
    assert first.wait(timeout=PATIENCE) == -9
    stack.wait_for(lambda: {"gunicorn" in command for command in stack.processes().values()} == {True})

    again = stack.start("run")
    stack.wait_until_healthy(again)
    again.terminate()
    assert again.wait(timeout=PATIENCE) == 0
    assert stack.processes() == {}


def test_a_taken_port_is_told_with_the_cure(stack):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", stack.port))
        holder.listen()
        refused = stack.finish("run")
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {stack.port} is taken by another program. Choose another: PORT={stack.port + 1} make run\n"
    )
    assert stack.processes() == {}


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_told(stack, port):
    refused = stack.finish("run", PORT=port)
    assert refused.returncode == 1
    assert refused.stderr == f"PORT is '{port}': it must be a number from 1 to 65535.\n"
