"""What a record said at a moment, kept as plain data. Pure."""

import hashlib
import json
from typing import Any


def checksum_of(content: dict[str, Any]) -> str:
    """What two frozen copies are compared by: the same for the same content, however it was put together."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
