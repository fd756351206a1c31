"""Fields that keep their definition out of migrations."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """The one StreamField of the site, over the closed set of blocks in `core.blocks`.

    Migrations know only that there is a body, not its blocks: four migrations in ten of a usual Wagtail
    site do nothing but repeat block definitions. A data migration must therefore rewrite the stored JSON
    (see `core.raw_body`) and never save a historical model, which would drop blocks it does not know.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        if block_types is None:
            from core.blocks import BodyBlock

            block_types = BodyBlock()
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Name, path and plain options, without any block."""
        name, _, _, kwargs = super().deconstruct()
        for key in ("block_types", "block_lookup"):
            kwargs.pop(key, None)
        return name, "core.fields.BodyField", [], kwargs
