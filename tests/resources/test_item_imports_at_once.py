"""Imports of catalogues that meet at the same moment: each is made once."""

import pytest

from core.models import SiteDocument
from resources.models import ItemImport, LibraryIndexPage, LibraryItemPage
from tests.concurrency import at_once
from tests.factories.catalogues import book, cells, imported, link_cells, uploaded
from tests.factories.library import pdf_bytes
from tests.factories.people import make_user


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_import_once(transactional_db):
    user = make_user("librarian")
    files = {"a.pdf": pdf_bytes()}
    job = uploaded([cells(title="Một", files="a.pdf"), link_cells("Hai")], files, by=user)
    before = LibraryIndexPage.objects.get().numchild

    def press():
        return imported(ItemImport.objects.get(pk=job.pk), by=user).pk

    at_once(4, press)
    job.refresh_from_db()
    assert (job.state, job.made) == ("applied", 2)
    assert LibraryItemPage.objects.count() == 2
    assert SiteDocument.objects.count() == 1
    assert LibraryIndexPage.objects.get().numchild == before + 2


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_under_one_key_are_one_import(transactional_db):
    user = make_user("librarian")
    data = book([link_cells("Một")])
    made = at_once(3, lambda: uploaded(data, by=user, key="b" * 32).pk)
    assert len(set(made)) == 1
    assert ItemImport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_rows_at_once_make_them_once(transactional_db):
    user = make_user("librarian")
    jobs = [uploaded([link_cells("Một"), link_cells("Hai")], by=user) for _ in range(2)]
    left = list(jobs)
    at_once(2, lambda: imported(left.pop(), by=user).pk)
    states = sorted(ItemImport.objects.values_list("state", flat=True))
    assert states == ["applied", "checked"]
    assert LibraryItemPage.objects.count() == 2
