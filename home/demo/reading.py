"""Reading the demo's content files."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One of the content files beside this module."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())
