"""Forms for changing many items at once."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.models import Keyword
from resources.catalogue.listing import held_by
from resources.catalogue.rows import parted
from resources.models import Audience, Competence, LibraryItemPage, Licence, Topic
from resources.questions.rules import line
from resources.tagging_rules import Edit, Tags, edit_problem

LONGEST_KEYWORD = 100


def _choice(model: Any, label: str, key: str = "name") -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        label=label,
        required=False,
        to_field_name=key,
        widget=forms.CheckboxSelectMultiple,
    )


class TagForm(forms.Form):
    """What is added to the chosen items, what is taken from them."""

    add_topics = _choice(Topic, "Thêm chủ đề")
    add_audiences = _choice(Audience, "Thêm đối tượng")
    add_competences = _choice(Competence, "Thêm năng lực", "code")
    add_keywords = forms.CharField(
        label="Thêm từ khóa", required=False, max_length=400, help_text="Cách nhau bằng dấu phẩy."
    )
    remove_topics = _choice(Topic, "Bỏ chủ đề")
    remove_audiences = _choice(Audience, "Bỏ đối tượng")
    remove_competences = _choice(Competence, "Bỏ năng lực", "code")
    remove_keywords = _choice(Keyword, "Bỏ từ khóa")
    licence = forms.ModelChoiceField(
        Licence.objects.all(),
        label="Đổi giấy phép thành",
        required=False,
        to_field_name="name",
        empty_label="Giữ như cũ",
    )

    def __init__(self, *args: Any, items: Sequence[LibraryItemPage] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only what some of them has can be taken away.
        for name, numbers in held_by(items).items():
            field: Any = self.fields[f"remove_{name}"]
            field.queryset = field.queryset.filter(pk__in=numbers)

    def clean_add_keywords(self) -> list[str]:
        """The words one by one."""
        typed = self.cleaned_data["add_keywords"].replace(",", ";")
        words = [word for word in map(line, parted(typed)) if word]
        if any(len(word) > LONGEST_KEYWORD for word in words):
            raise forms.ValidationError(f"Mỗi từ khóa nhiều nhất {LONGEST_KEYWORD} ký tự.")
        return words

    def clean(self) -> dict[str, Any]:
        """An edit that says something, and no two things at once."""
        data = super().clean() or {}
        if not self.errors and (problem := edit_problem(self.edit())):
            raise forms.ValidationError(problem)
        return data

    def edit(self) -> Edit:
        """What was chosen, as the rules take it."""
        data = self.cleaned_data
        licence = data.get("licence")
        return Edit(
            add=_tags(data, "add"),
            remove=_tags(data, "remove"),
            licence=licence.name if licence else "",
        )

    def adding(self) -> list[Any]:
        """The fields that add."""
        return [field for field in self if not field.name.startswith("remove_")]

    def removing(self) -> list[Any]:
        """The fields that take away, where there is something to take."""
        fields: list[Any] = [field for field in self if field.name.startswith("remove_")]
        return [field for field in fields if field.field.queryset]


def _tags(data: dict[str, Any], way: str) -> Tags:
    keywords = data.get(f"{way}_keywords") or []
    return Tags(
        topics=tuple(row.name for row in data.get(f"{way}_topics") or []),
        audiences=tuple(row.name for row in data.get(f"{way}_audiences") or []),
        competences=tuple(row.code for row in data.get(f"{way}_competences") or []),
        keywords=tuple(word if isinstance(word, str) else word.name for word in keywords),
    )
