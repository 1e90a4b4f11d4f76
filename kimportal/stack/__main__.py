"""python -m kimportal.stack: run the portal, or one command with its servers up."""

import argparse
import sys

from kimportal.stack.errors import StackError


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kimportal.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("exec", help="run one command with the servers up")
    one.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    options = parser.parse_args(arguments)
    try:
        return _exec(options.argv)
    except StackError as problem:
        print(problem, file=sys.stderr)
        return 1


def _exec(argv: list[str]) -> int:
    from kimportal.stack.command import execute

    command = argv[1:] if argv[:1] == ["--"] else argv
    if not command:
        raise StackError("Say which command: python -m kimportal.stack exec -- COMMAND")
    return execute(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
