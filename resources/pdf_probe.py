"""Looks into a PDF in a process of its own: `python pdf_probe.py FILE COVER`.

A PDF from anywhere may hang or crash the library that reads it; here it takes nobody along. Prints JSON: the
number of pages, or the problem (`locked`, `broken`). Writes the first page as a picture to COVER, if it can.
"""

import contextlib
import json
import resource
import sys

SECONDS = 10
MEMORY = 1024 * 1024 * 1024
COVER_SIDE = 640
PASSWORD_NEEDED = 4


def probe(path: str, cover: str) -> dict[str, object]:
    """Pages or problem of the PDF at `path`; its first page goes to `cover`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        first = document[0]
    except pypdfium2.PdfiumError as error:
        return {"problem": "locked" if error.err_code == PASSWORD_NEEDED else "broken"}
    except IndexError:
        return {"problem": "broken"}
    # Without a cover the document is still of use.
    with contextlib.suppress(Exception):
        scale = COVER_SIDE / max(*first.get_size(), 1)
        picture = first.render(scale=scale).to_pil().convert("RGB")
        picture.save(cover, "WEBP", quality=80)
    return {"pages": pages}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(probe(sys.argv[1], sys.argv[2])))
