"""Rewriting stored bodies in data migrations, on the raw JSON.

A historical model knows no blocks (see `core.fields.BodyField`): reading and saving through it would write
an empty list over the content. So data migrations come through here.
"""

import json
from collections.abc import Callable
from typing import Any

Body = list[dict[str, Any]]


def rewrite_bodies(
    schema_editor: Any, table: str, change: Callable[[Body], Body], *, column: str = "body",
    key: str = "page_ptr_id",
) -> int:  # fmt: skip
    """Put each stored body of `table` through `change`; how many rows changed. Same on both engines."""
    connection = schema_editor.connection
    name = connection.ops.quote_name
    placeholder = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name(key)}, {name(column)} FROM {name(table)}")  # noqa: S608
        for row_id, stored in cursor.fetchall():
            old = json.loads(stored) if isinstance(stored, str) else stored
            new = change(json.loads(json.dumps(old or [])))
            if new != (old or []):
                cursor.execute(
                    f"UPDATE {name(table)} SET {name(column)} = {placeholder} "  # noqa: S608
                    f"WHERE {name(key)} = %s",
                    [json.dumps(new, ensure_ascii=False), row_id],
                )
                changed += 1
    return changed
