"""What public pages are made of."""


class PublicContent:
    """Mixin: a change of such a record changes public pages, so the page cache is renewed."""
