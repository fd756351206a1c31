"""Each house check is clean on the project and fires on what breaks it."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps
from wagtail.fields import StreamField
from wagtail.models import Page

from core import checks
from core.checks import blocks_are_few, every_page_is_found, own_models, persons_are_guarded


def ids(messages) -> list[str]:
    """The messages' names."""
    return [message.id for message in messages]


@pytest.mark.parametrize("check", [every_page_is_found, persons_are_guarded, blocks_are_few])
def test_house_check_is_clean_on_the_project(check):
    assert check(None) == []


def test_house_checks_are_registered():
    registered = {check.__name__ for check in checks.register.__self__.get_checks()}
    assert {"every_page_is_found", "persons_are_guarded", "blocks_are_few"} <= registered


@pytest.mark.django_db
def test_system_checks_are_clean():
    assert run_checks() == []


@isolate_apps("core")
def test_page_without_folded_search_is_told(monkeypatch):
    class PlainPage(Page):
        class Meta:
            app_label = "core"

    monkeypatch.setattr(checks, "get_page_models", lambda: [Page, PlainPage])
    assert ids(every_page_is_found(None)) == ["house.E001", "house.E001"]


@isolate_apps("core")
def test_model_of_persons_without_visible_to_is_told(monkeypatch):
    class Student(models.Model):
        full_name = models.CharField(max_length=10)

        class Meta:
            app_label = "core"

    class Room(models.Model):
        name = models.CharField(max_length=10)

        class Meta:
            app_label = "core"

    monkeypatch.setattr(checks, "own_models", lambda: [Student, Room])
    assert ids(persons_are_guarded(None)) == ["house.E002"]


@isolate_apps("core")
def test_stream_field_of_another_kind_is_told(monkeypatch):
    class Odd(models.Model):
        body = StreamField([])

        class Meta:
            app_label = "core"

    monkeypatch.setattr(checks, "own_models", lambda: [Odd])
    assert ids(blocks_are_few(None)) == ["house.E004"]


def test_too_many_blocks_are_told(monkeypatch):
    monkeypatch.setattr(checks, "MAX_BLOCKS", 3)
    assert ids(blocks_are_few(None)) == ["house.E003"]


def test_own_models_are_those_of_the_project():
    labels = {model._meta.label for model in own_models()}
    assert {"accounts.User", "core.Banner", "news.ArticlePage", "home.HomePage"} <= labels
    assert "auth.Group" not in labels
