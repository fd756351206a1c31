"""A school is set up in the staff area; a faculty is merged, and readers still find both."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.units.models import Unit
from campaign.units.queries import subtree_on
from tests.factories.units import START, make_unit
from tests.journeys.conftest import PHONE, Server, too_wide


def add(page: Page, site: Server, parent: Unit | None, kind: str, code: str, name: str) -> Unit:
    """Add a unit by its form."""
    page.goto(
        site + (f"/quan-tri/don-vi/{parent.pk}/them/" if parent else "/quan-tri/don-vi/them/")
    )
    page.get_by_label("Loại").select_option(kind)
    page.get_by_label("Mã").fill(code)
    page.get_by_label("Tên đầy đủ").fill(name)
    page.get_by_label("Có từ ngày").fill(f"{START:%d/%m/%Y}")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_text(f"Đã thêm {name}.")).to_be_visible()
    return Unit.objects.get(code=code)


def test_school_is_set_up_and_a_faculty_merged(
    small_site: Server, sign_in_as: Callable[[str], Page], new_context: Callable
):
    office = sign_in_as("administrator")
    school = add(office, small_site, None, "institution", "CDT", "Trường Cao đẳng Thử")
    farming = add(office, small_site, school, "faculty", "NL", "Khoa Nông Lâm")
    craft = add(office, small_site, school, "faculty", "KT", "Khoa Kỹ thuật")
    farmers = make_unit(farming, "student_class", name="Lớp Cây trồng 1")

    office.goto(small_site + f"/quan-tri/don-vi/{farming.pk}/")
    act = office.locator("details", has_text="Sáp nhập").first
    act.locator("summary").click()
    act.get_by_label("Sáp nhập vào").select_option(str(craft.pk))
    act.get_by_role("button", name="Sáp nhập").click()
    expect(office.get_by_text("Đã sáp nhập.")).to_be_visible()
    today = timezone.localdate()
    before = today - timedelta(days=1)
    everybody = {unit.pk for unit in (school, farming, craft, farmers)}
    assert subtree_on(school, before) == everybody
    assert subtree_on(school, today) == everybody - {farming.pk}
    assert subtree_on(craft, today) == {craft.pk, farmers.pk}

    reader = new_context(**PHONE, java_script_enabled=False).new_page()
    reader.goto(small_site + "/cac-don-vi/")
    reader.get_by_role("link", name="Khoa Kỹ thuật").click()
    expect(reader.get_by_text("Đã nhận sáp nhập")).to_be_visible()
    expect(reader.get_by_role("link", name="Lớp Cây trồng 1")).to_be_visible()
    assert too_wide(reader) == []
