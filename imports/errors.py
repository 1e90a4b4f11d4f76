"""What may be wrong with a spreadsheet as a whole."""


class FileRefused(Exception):
    """It cannot be read; `code` is a key of imports.wording.PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ImportRefused(Exception):
    """A step is not possible now; `code` is a key of imports.wording.PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
