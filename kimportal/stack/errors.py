"""What the stack says when it cannot go on."""


class StackError(Exception):
    """A problem with a cure: its text says what is wrong and what to do."""
