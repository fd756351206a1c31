"""An activity told as an article in two clicks: what is known stands there already, photos wait for consent."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from campaign.activities import services
from campaign.activities.choices import EvidenceKind, Faces
from campaign.activities.evidence_views import key_in
from campaign.activities.forms import LONG
from campaign.activities.models import Activity, Evidence, Story, StoryPhoto
from campaign.activities.permissions import user_can_tell
from campaign.news.models import SectionPage
from campaign.units.desk import desk_view, must
from core.kept_posts import kept_post
from core.text import clean

UNPROCESSABLE = 422
# Fewer people than this are no figure to be told of.
SMALLEST = 5
LONGEST_LEAD = 300
USUAL_SECTION = "hoat-dong"


class StoryForm(forms.Form):
    """The article's words."""

    title = forms.CharField(
        label="Tên bài", max_length=200,
        error_messages={"required": "Hãy đặt tên bài.", **LONG},
    )  # fmt: skip
    lead = forms.CharField(
        label="Tóm tắt", max_length=LONGEST_LEAD, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Một, hai câu cho người đọc lướt.",
        error_messages={"required": "Hãy viết một, hai câu tóm tắt.", **LONG},
    )  # fmt: skip
    body = forms.CharField(
        label="Nội dung", max_length=20_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Cách một dòng trống để sang đoạn mới.",
        error_messages={"required": "Hãy viết nội dung bài.", **LONG},
    )  # fmt: skip
    section = forms.ModelChoiceField(
        label="Chuyên mục", queryset=SectionPage.objects.none(), empty_label=None,
        error_messages={"required": "Hãy chọn chuyên mục.", "invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip
    named = forms.BooleanField(
        label="Bài không nêu tên ai, hoặc người được nêu tên đã đồng ý",
        error_messages={"required": "Hãy xem lại những tên người trong bài rồi đánh dấu."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = SectionPage.objects.live().order_by("path")  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """Mended text."""
        return " ".join(clean(self.cleaned_data["title"]).split())


class PhotoForm(forms.Form):
    """One photo: whether it goes along, its words, who is to be seen, whether they agreed."""

    use = forms.BooleanField(label="Đưa ảnh này vào bài", required=False)
    alt = forms.CharField(
        label="Tả ảnh bằng một câu", required=False, max_length=200, error_messages=LONG
    )
    faces = forms.ChoiceField(
        label="Trong ảnh nhận ra được ai", required=False,
        choices=[("", "Hãy chọn"), *Faces.choices], error_messages={"invalid_choice": "Hãy chọn."},
    )  # fmt: skip
    agreed = forms.BooleanField(
        label="Đã hỏi và người trong ảnh (người giám hộ, nếu là trẻ em) đồng ý cho đăng",
        required=False,
    )
    agreed_by = forms.CharField(
        label="Ai đã đồng ý", required=False, max_length=160, error_messages=LONG,
        help_text="Bắt buộc khi có trẻ em: tên người giám hộ. Không đăng lên trang.",
    )  # fmt: skip

    def __init__(self, data: Any, *, piece: Evidence) -> None:
        super().__init__(data, prefix=f"photo-{piece.pk}")
        self.piece = piece

    @property
    def chosen(self) -> services.Chosen | None:
        """What was chosen; None where the photo stays."""
        told = self.cleaned_data
        if not told.get("use"):
            return None
        return services.Chosen(
            self.piece, told.get("alt", ""), told.get("faces", ""), told.get("agreed", False),
            told.get("agreed_by", ""),
        )  # fmt: skip

    def clean(self) -> Any:
        """A photo that is to go along is sound, or says at its place why not."""
        told = super().clean() or {}
        photo = None if self.errors else self.chosen
        if photo and (problem := services.photo_problem(photo)):
            self.add_error(None, problem)
        return told


def first_words(activity: Activity) -> dict[str, Any]:
    """What the article begins with: all of it is in the log already."""
    when = date_format(activity.starts_on, "d/m/Y") if activity.starts_on else ""
    counts = [
        f"{number} {noun}"
        for number, noun in (
            (activity.people_count, "người tham dự"), (activity.served_count, "lượt hỗ trợ"),
        )
        if number is not None and number >= SMALLEST
    ]  # fmt: skip
    # Inside a sentence: "xã Mường Mẫu".
    commune = str(activity.commune or "")
    where = ", ".join(part for part in (activity.place, commune[:1].lower() + commune[1:]) if part)
    place = f", tại {where}" if where else ""
    lead = f"{activity.unit.name}, ngày {when}{place}{': ' if counts else ''}{', '.join(counts)}."
    parts = [part for part in (activity.content, activity.result) if part]
    section = SectionPage.objects.live().filter(slug=USUAL_SECTION).first()
    return {
        "title": str(activity), "lead": lead[:LONGEST_LEAD], "body": "\n\n".join(parts),
        "section": section,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of the article; sent, it goes to the editors as a draft."""
    rows = Activity.objects.visible_to(request.user).select_related("unit", "kind", "commune")
    activity: Activity = get_object_or_404(rows, pk=pk)
    must(user_can_tell(request.user, activity))
    now = timezone.now()
    data = request.POST if request.method == "POST" else kept_post(request, now)
    form = StoryForm(data, initial=first_words(activity))
    photos = [PhotoForm(data, piece=piece) for piece in photos_of(activity)]
    if request.method == "POST":
        sound = all([form.is_valid(), *[photo.is_valid() for photo in photos]])
        if sound and _sent(request, activity, form, photos):
            return redirect(activity)
    context = {
        "activity": activity,
        "form": form,
        "photos": photos,
        "key": key_in(data) if data else uuid4(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "activities/tell.html", context, status=status)


def photos_of(activity: Activity) -> Any:
    """The photos of the activity, oldest first."""
    return activity.evidence.kept().filter(kind=EvidenceKind.PHOTO).order_by("pk")


def _sent(
    request: HttpRequest, activity: Activity, form: StoryForm, photos: list[PhotoForm]
) -> bool:
    told = form.cleaned_data
    text = services.Text(told["title"], told["lead"], told["body"])
    chosen = [photo.chosen for photo in photos if photo.chosen]
    try:
        services.tell_story(
            activity, text, told["section"], chosen, key=key_in(request.POST), by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, "Đã gửi bài. Ban biên tập đọc lại rồi đăng.")
    return True


@require_POST
@desk_view
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo out of its story: somebody took his consent back."""
    rows = StoryPhoto.objects.filter(story__in=Story.objects.visible_to(request.user))
    photo: StoryPhoto = get_object_or_404(rows.select_related("story__activity__kind"), pk=pk)
    must(user_can_tell(request.user, photo.story.activity, taking_out=True))
    services.withdraw_photo(photo, by=request.user, now=timezone.now())
    messages.success(request, "Đã gỡ ảnh khỏi bài.")
    return redirect(photo.story.activity)


def told_of(activity: Activity) -> list[dict[str, Any]]:
    """The activity's articles, how far each is, and its photos."""
    rows = Story.objects.filter(activity=activity)
    stories = rows.select_related("page", "made_by").prefetch_related("photos")
    found = []
    for story in stories:
        page = story.page
        if page is None:
            state = "Ban biên tập đã xóa"
        elif page.live:
            state = "Đã đăng"
        else:
            state = "Chờ biên tập" if page.current_workflow_state else "Bản nháp"
        found.append({"story": story, "page": page, "state": state, "photos": story.photos.all()})
    return found
