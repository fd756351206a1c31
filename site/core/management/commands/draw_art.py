"""Redraw the site's static art from code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core import art


class Command(BaseCommand):
    """Write the tiles, marks, banners and the social image into static/img."""

    requires_system_checks = ()
    help = "Vẽ lại hình tĩnh của trang: ô chữ, biểu trưng, banner, ảnh chia sẻ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder to draw into, and whether to make bitmaps."""
        parser.add_argument("--folder", type=Path, default=art.STATIC / "img")
        parser.add_argument("--vectors-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, then name each file with its size."""
        bitmaps = not options["vectors_only"]
        if bitmaps and not art.find_browser():
            self.stderr.write("Không tìm thấy Chromium: chỉ vẽ hình vector.")
        for path in art.draw_all(options["folder"], bitmaps):
            self.stdout.write(f"{path.stat().st_size:>8}  {path}")
