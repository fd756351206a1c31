"""Files of the register: role by address; nothing lies in the public folder."""

from pathlib import Path

import pytest
from django.conf import settings

from accounts.choices import SiteRole
from campaign.documents.choices import Visibility
from campaign.documents.models import DocumentFile
from tests.factories.pages import make_document, make_file, make_form_template

pytestmark = pytest.mark.django_db

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL
KEEPERS = (SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER)
EVERYBODY = [None, "", SiteRole.LIBRARIAN, *KEEPERS]


@pytest.fixture
def files(home):
    """Files by how they are attached."""
    made = {
        name: make_file(name)
        for name in ("free", "public", "internal", "both", "form", "inner-form")
    }
    make_document(file=made["public"], visibility=PUBLIC)
    make_document(file=made["internal"])
    make_document(file=made["both"])
    make_document(file=made["both"], visibility=PUBLIC)
    make_form_template(file=made["form"])
    make_form_template(file=made["inner-form"], visibility=INTERNAL)
    return made


@pytest.mark.parametrize("role", EVERYBODY)
def test_role_gets_exactly_the_files_it_may(client, sign_in, files, role):
    reader = client if role is None else sign_in(role)
    got = {name: reader.get(file.url).status_code for name, file in files.items()}
    closed = 200 if role in KEEPERS else 404
    assert got == {
        "free": 200, "public": 200, "internal": closed, "both": 200, "form": 200, "inner-form": closed,
    }  # fmt: skip


def test_file_closes_with_its_document_and_opens_with_another(client, files):
    row = DocumentFile.objects.get(file=files["public"])
    row.document.visibility = INTERNAL
    row.document.save()
    assert client.get(files["public"].url).status_code == 404
    make_form_template(file=files["public"])
    assert client.get(files["public"].url).status_code == 200


def test_answer_differs_by_who_asks_and_says_so(sign_in, files):
    response = sign_in("editor").get(files["internal"].url)
    assert "Cookie" in response["Vary"]
    assert "public" not in response.headers.get("Cache-Control", "")


def test_no_file_lies_in_the_public_folder(client, files):
    for file in files.values():
        path = Path(file.file.path)
        assert not path.is_relative_to(settings.MEDIA_ROOT)
        assert path.is_relative_to(settings.PRIVATE_ROOT)
        for name in (file.file.name, file.filename):
            assert client.get(f"/media/{name}").status_code == 404
