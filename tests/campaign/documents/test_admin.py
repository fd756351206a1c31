"""The lists of documents and platforms in the staff area."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["officialdocument", "platform"])
def test_list_forgets_a_filter_it_does_not_know(sign_in, model):
    address = reverse(f"documents_{model}_modeladmin_index")
    answer = sign_in("editor").get(address, {"khong_co": "1"})
    assert (answer.status_code, answer.url) == (302, address)
