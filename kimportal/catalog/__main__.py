"""The command line: python -m kimportal.catalog extract | compile | check."""

import argparse
import sys

from kimportal.catalog import ROOT, compile_catalogs


def main(arguments: list[str] | None = None) -> int:
    """Do as told; the exit code is 1 where `check` finds something."""
    parser = argparse.ArgumentParser(prog="python -m kimportal.catalog", description="The interface's words.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract", help="collect the strings of code and templates into locale/")
    commands.add_parser("compile", help="compile the catalogs that changed")
    commands.add_parser("check", help="list what is missing, untranslated, obsolete or does not fit")
    command = parser.parse_args(arguments).command
    if command == "compile":
        _say(f"{compile_catalogs()} compiled.")
        return 0
    if command == "extract":
        from kimportal.catalog.extraction import extract_catalogs

        for line in extract_catalogs(ROOT):
            _say(line)
        return 0
    from kimportal.catalog.checking import problems

    found = problems(ROOT)
    for line in found:
        _say(line)
    return 1 if found else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
