"""One style sheet out of many files, joined whenever static files are found or collected.

tokens, base and layout come first, then each component in the order of its name: so a component never
depends on another's place.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
FIRST = ("fonts", "tokens", "base", "layout")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


def joined_styles(source: Path) -> str:
    """All style sheets under `source`, comments and indents dropped."""
    files = [source / f"{name}.css" for name in FIRST]
    files += sorted((source / "components").glob("*.css"))
    css = "\n".join(path.read_text() for path in files)
    return SPACE.sub("\n", COMMENT.sub("", css)).strip() + "\n"


class StyleFinder(BaseFinder):
    """Finds `css/site.css`, which is written anew when one of its parts has changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = settings.ROOT / "static" / "css"
        self.storage = FileSystemStorage(location=settings.VAR / "styles")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to complain about: the parts are in the code base."""
        return []

    def _write(self) -> Path:
        target = Path(self.storage.path(NAME))
        css = joined_styles(self.source)
        if not target.exists() or target.read_text() != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css)
        return target

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The joined file, when it is asked for."""
        if path != NAME:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The joined file, for collecting."""
        self._write()
        yield NAME, self.storage
