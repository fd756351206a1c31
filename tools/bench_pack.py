"""Measures what sending a pack of a gigabyte costs the server's memory.

The material is sparse: it takes no room on the disk, but every byte is read, counted into the archive and its
checksum, and handed out as the server would. Prints the growth of the process and its pace; asserts nothing.
"""

import os
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024**2
FILES, EACH = 8, 128 * MIB
BAR = 64


def resident() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def begin() -> None:
    """Django with a database and folders of its own."""
    folder = tempfile.mkdtemp()
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def main() -> None:
    """One pack, handed out piece by piece."""
    begin()
    from django.test import RequestFactory

    from resources.packing import packed
    from resources.packs import Pack, PackEntry, PackFile

    with tempfile.TemporaryDirectory() as folder:
        entry = PackEntry("Video", "Video", "")
        for number in range(FILES):
            path = Path(folder) / f"{number}.mp4"
            with path.open("wb") as file:
                file.truncate(EACH)
            entry.files.append(PackFile(0, path, f"hoc-lieu/{number:02d}.mp4", "Video", EACH))
        pack = Pack("Gói lớn", entries=[entry])
        request = RequestFactory().get("/")
        # The first pack loads templates and codecs, which stay.
        for _ in packed(Pack("Gói nhỏ"), request, datetime.now()):
            pass
        before, most, sent, start = resident(), 0, 0, time.perf_counter()
        for piece in packed(pack, request, datetime.now()):
            sent += len(piece)
            most = max(most, resident())
        seconds = time.perf_counter() - start
    growth = (most - before) / MIB
    mark = "" if growth < BAR else f"  over {BAR} MB"
    print(
        f"pack of {sent / MIB:.0f} MB: {growth:.1f} MB of memory, {seconds:.1f} s, "
        f"{sent / MIB / seconds:.0f} MB a second{mark}"
    )


if __name__ == "__main__":
    main()
