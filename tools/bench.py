"""Measures the running site: weight and requests of first views, time of pages, Lighthouse where it is there.

Prints medians with the machine they were taken on; asserts nothing. Lighthouse is a Node package: it is
run when `npx` and a Chromium are found, and its absence is said.
"""

import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("PORT", "8790"))
BASE = f"http://127.0.0.1:{PORT}"
RUNS = 5


def get(path: str, **headers: str) -> tuple[float, bytes]:
    """Seconds and body of one request."""
    request = urllib.request.Request(BASE + path, headers=headers)
    start = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
    return time.perf_counter() - start, body


def pages() -> dict[str, str]:
    """The pages that are measured: home, one article, searches, the contact form."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    from campaign.news.models import ArticlePage

    article = ArticlePage.objects.live().order_by("-is_pinned", "-published_on").first()
    found = {
        "home": "/",
        "search": "/tim-kiem/?q=dich+vu+cong",
        "register": "/van-ban/?q=106+kh",
        "contact": "/lien-he/",
    }
    if article:
        found["article"] = article.get_url()
    return found


def serve() -> subprocess.Popen:
    """The embedded server, as `make run` starts it."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "BIND": f"127.0.0.1:{PORT}",
        "BASE_URL": BASE,
        "WEB_CONCURRENCY": "1",
    }
    subprocess.run([sys.executable, "manage.py", "start_embedded"], cwd=ROOT, env=env, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    server = subprocess.Popen(
        [str(ROOT / ".venv/bin/gunicorn"), "--config", "site/gunicorn.conf.py", "--log-level", "error"],
        cwd=ROOT, env=env,
    )  # fmt: skip
    for _ in range(100):
        try:
            get("/healthz")
            return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("The server did not start.")


def measure_times(paths: dict[str, str]) -> None:
    """Median time of each page from the page cache, and past it (with a session cookie)."""
    for name, path in paths.items():
        get(path)
        kept = [get(path)[0] for _ in range(30)]
        made = [get(path, Cookie="sessionid=none")[0] for _ in range(15)]
        _, body = get(path)
        print(
            f"{name:<8} from cache {statistics.median(kept) * 1000:6.1f} ms   "
            f"made anew {statistics.median(made) * 1000:6.1f} ms   "
            f"HTML {len(gzip.compress(body)) / 1024:5.1f} KB gzipped"
        )


def measure_lighthouse(paths: dict[str, str]) -> None:
    """Lighthouse 12 mobile, median of five, in all four categories."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (shutil.which("npx") and chromium):
        print("Lighthouse: skipped, it needs npx and Chromium.")
        return
    for name, path in paths.items():
        runs = [scores for scores in (lighthouse(path, chromium) for _ in range(RUNS)) if scores]
        if not runs:
            print(f"{name:<8} Lighthouse gave no result.")
            continue
        medians = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"{name:<8} " + "   ".join(f"{key} {value * 100:.0f}" for key, value in medians.items())
        )


def lighthouse(path: str, chromium: str) -> dict[str, float]:
    """The scores of one run, 0 to 1; empty when it failed."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run(
            ["npx", "--yes", "lighthouse@12", BASE + path, "--quiet", "--output=json",
             f"--output-path={report.name}",
             "--chrome-flags=--headless=new --no-sandbox --disable-gpu"],
            env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, check=False,
        )  # fmt: skip
        try:
            categories = json.loads(Path(report.name).read_text())["categories"]
        except (ValueError, KeyError):
            return {}
    return {key: category["score"] or 0 for key, category in categories.items()}


def main() -> None:
    """Serve, measure, stop."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    paths = pages()
    server = serve()
    try:
        measure_times(paths)
        measure_lighthouse(paths)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
