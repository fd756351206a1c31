"""What the first view of the front page may cost a reader on a slow line."""

import gzip

from playwright.sync_api import Response, Route

from tests.journeys.conftest import PHONE

KIB = 1024
# A shift that nobody sees: a letter that moves by less than a pixel. The bar of the trade is 0.1.
SEEN = 0.01
TEXT = ("text/", "javascript", "json", "svg", "xml")
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => window.shifts.push(e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


def weight(response: Response) -> int:
    """The body's bytes on the line: text as gzip would send it, the rest as it is."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body, 6)) if any(part in kind for part in TEXT) else len(body)


def test_first_view_of_home_stays_within_its_budget(site, new_context):
    """At most 100 KB, 10 requests, 5 KB of script, two fonts, and nothing that is seen to shift.

    The test server sends static files uncompressed; production sends them as gzip or Brotli. So bodies of
    text are weighed as gzip makes them; headers are not counted.
    """
    page = new_context(**PHONE).new_page()
    page.add_init_script(WATCH_SHIFTS)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(site + "/")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")

    weights = {r.url.removeprefix(site.url): weight(r) for r in responses}
    by_type: dict[str, list[int]] = {}
    for response in responses:
        by_type.setdefault(response.request.resource_type, []).append(weight(response))
    assert all(response.ok for response in responses)
    assert len(responses) <= 10, weights
    assert sum(weights.values()) <= 100 * KIB, weights
    assert sum(by_type["script"]) <= 5 * KIB, weights
    assert len(by_type["font"]) <= 2, weights
    assert sum(page.evaluate("window.shifts")) < SEEN


def test_nothing_moves_when_fonts_come_late(site, new_context):
    """The faces in their place have their measures, on a machine with Debian's fonts too."""
    page = new_context(**PHONE).new_page()
    page.add_init_script(WATCH_SHIFTS)
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(site + "/", wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    faces = "[...document.fonts].filter((f) => f.family.includes('Be Vietnam Pro') && f.status === 'loaded')"
    assert page.evaluate(f"{faces}.length") >= 2
    assert sum(page.evaluate("window.shifts")) < SEEN
