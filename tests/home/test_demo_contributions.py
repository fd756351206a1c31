"""The demo's material from units."""

import pytest

from home.demo.contributions import load_contributions
from home.demo.loader import load_demo
from resources.choices import Fault
from resources.health import fault_counts
from resources.models import Contribution, LibraryItemPage

pytestmark = pytest.mark.django_db


def test_one_waits_and_one_stands_in_the_library(home, settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    load_demo()
    states = sorted(Contribution.objects.values_list("state", flat=True))
    assert states == ["sent", "taken"]
    waiting = Contribution.objects.get(state="sent")
    assert waiting.topics.count() == 1
    assert waiting.file.storage.exists(waiting.file.name)
    item = LibraryItemPage.objects.get(contribution__state="taken")
    assert (item.live, item.files.count(), item.audiences.count()) == (True, 1, 2)
    assert "Khoa Kỹ thuật – Kinh tế" in client.get(item.url).content.decode()
    counts = fault_counts()
    assert counts[Fault.COMPETENCE] >= 1
    assert counts[Fault.REVIEW] >= 1
    load_contributions()
    assert Contribution.objects.count() == 2
