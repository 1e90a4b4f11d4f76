"""python -m kimportal.stack: run the portal, or one command with its servers up."""

import argparse
import sys

from kimportal.stack.errors import StackError


def main(arguments: list[str]) -> int:
    """The command line. Each part imports late: `exec` should start at once."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options) or 0)
    except StackError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kimportal.stack", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the portal until Ctrl-C").set_defaults(act=_run)
    one = commands.add_parser("exec", help="run one command with the servers up: exec -- COMMAND")
    one.set_defaults(act=_exec)
    one.add_argument("argv", nargs=argparse.REMAINDER)
    commands.add_parser("setup", help="tables, regions and demo data; the servers are up").set_defaults(
        act=_setup
    )
    beside = commands.add_parser("watch", help="the part of `run` that looks after the others")
    beside.set_defaults(act=_watch)
    beside.add_argument("address")
    beside.add_argument("runner", type=int)
    commands.add_parser("remove", help="remove the data that lie outside .local").set_defaults(act=_remove)
    return parser


def _run(_options: argparse.Namespace) -> int:
    from kimportal.stack.run import run

    return run()


def _exec(options: argparse.Namespace) -> int:
    from kimportal.stack.command import execute

    command = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not command:
        raise StackError("Say which command: python -m kimportal.stack exec -- COMMAND")
    return execute(command)


def _setup(_options: argparse.Namespace) -> None:
    from kimportal.stack.setup import set_up

    set_up()


def _watch(options: argparse.Namespace) -> int:
    from kimportal.stack.watch import watch

    return watch(options.address, options.runner)


def _remove(_options: argparse.Namespace) -> None:
    from kimportal.stack.removal import remove

    remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
