"""The public side of self-assessment: find a sheet by its code, fill it in, print it.

Nothing is kept of anybody. No cookie is set, also not the one against forged forms: the form acts in nobody's
name. Its stamp keeps programs off and makes two presses one sheet.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaign.units.models import Unit
from core.heads import HOME, Head
from core.registry import Link
from core.share import qr_svg
from core.templatetags.site_tags import absolute
from resources.choices import WAVE_SLUGS, Able, Wave
from resources.facets import values_of
from resources.finding import public_cards, with_items
from resources.models import Audience, Competence, ShelfCard, Survey, SurveyQuestion
from resources.queries import library_url
from resources.services import count_answers
from resources.survey_forms import CodeForm, SkillSheet
from resources.surveys.rules import code_key

TOO_MANY, UNPROCESSABLE, CONFLICT = 429, 422, 409
TITLE = "Tự đánh giá kỹ năng số"
# A grandmother is shown three things to learn, not twenty.
MOST_HINTS, ITEMS_EACH = 3, 2
MOST_LOOKED_AT = 200


def head_of(title: str, url: str) -> Head:
    """What the frame of these pages needs."""
    return Head(title, url, "", (HOME, Link("Thư viện", "/thu-vien/")))


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """`/thu-vien/tu-danh-gia/?ma=`: for who has a code on paper and no camera."""
    form = CodeForm(request.GET) if "ma" in request.GET else CodeForm()
    status = 200
    if form.is_bound:
        code = code_key(request.GET.get("ma", ""))
        found = Survey.objects.filter(code=code).first() if code else None
        if found:
            return redirect(found.public_url)
        form.is_valid()
        form.errors.clear()
        form.add_error(
            "ma", "Không có phiếu nào mang mã này. Xem lại mã in trên phiếu, gồm sáu chữ và số."
        )
        status = 404
    context = {"page": head_of(TITLE, reverse("surveys:find")), "form": form}
    return render(request, "resources/surveys/find.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey with all that its pages show."""

    survey: Survey
    units: list[Unit]
    audiences: list[Audience]
    questions: list[SurveyQuestion]

    def unit(self, text: str) -> Unit | None:
        """The unit that an address names by its number."""
        return next((unit for unit in self.units if str(unit.pk) == text), None)

    def audience(self, text: str) -> Audience | None:
        """The audience that an address names."""
        return next((row for row in self.audiences if row.slug == text), None)


def asked_by(code: str) -> Asked:
    """The survey with this code; 404 when there is none. Four queries."""
    survey = get_object_or_404(Survey.objects.select_related("unit"), code=code)
    return asked_of(survey)


def asked_of(survey: Survey) -> Asked:
    """The survey with its rows. Three queries."""
    questions = survey.questions.select_related("competence__domain").order_by("order")
    return Asked(
        survey,
        [row.unit for row in survey.units.select_related("unit")],
        [row.audience for row in survey.audiences.select_related("audience")],
        list(questions),
    )


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-vien/tu-danh-gia/<mã>/?lop=&nhom=`: the statements, or thanks with what to learn next."""
    if code != code_key(code):
        return redirect("surveys:answer", code_key(code) or "0")
    asked = asked_by(code)
    wave = asked.survey.open_wave(timezone.localdate())
    form = _sheet(request, asked, wave)
    status = CONFLICT if request.method == "POST" else 200
    if request.method == "POST" and wave:
        if form.is_valid() and _counted(asked.survey, form):
            return _thanks(request, asked, form)
        status = TOO_MANY if form.must_wait else UNPROCESSABLE
    context = {
        "page": head_of(asked.survey.title, asked.survey.public_url),
        "survey": asked.survey, "form": form, "wave": wave, "units": asked.units,
        "states": asked.survey.states(timezone.localdate()),
        "print_query": _query(asked.unit(request.GET.get("lop", ""))),
    }  # fmt: skip
    return render(request, "resources/surveys/answer.html", context, status=status)


def _query(unit: Unit | None) -> str:
    return f"?{urlencode({'lop': unit.pk})}" if unit else ""


def _sheet(request: HttpRequest, asked: Asked, wave: Wave | None) -> SkillSheet:
    unit = asked.unit(request.GET.get("lop", ""))
    audience = asked.audience(request.GET.get("nhom", ""))
    return SkillSheet(
        request.POST if request.method == "POST" else None,
        request=request, wave=wave or Wave.BEFORE, units=asked.units, audiences=asked.audiences,
        questions=asked.questions,
        initial={"unit": unit.pk if unit else "", "audience": audience.pk if audience else ""},
    )  # fmt: skip


def _counted(survey: Survey, form: SkillSheet) -> bool:
    """Whether the sheet is among the counts, now or since an earlier press."""
    try:
        count_answers(survey, form.group, form.answers, key=form.key, now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


@dataclass(frozen=True, slots=True)
class Hint:
    """A skill that is still missing, and what the library has for it."""

    competence: Competence
    url: str
    cards: list[ShelfCard]


def _thanks(request: HttpRequest, asked: Asked, form: SkillSheet) -> HttpResponse:
    """Made of what was just sent, and of nothing that is kept."""
    answers = form.answers
    low = [question for question in asked.questions if answers.get(question.pk, 9) < Able.ALONE]
    low.sort(key=lambda question: answers[question.pk])
    context = {
        "page": head_of("Cảm ơn bạn", asked.survey.public_url),
        "survey": asked.survey,
        "hints": hints_for([question.competence for question in low[:MOST_HINTS]]),
        "library_url": library_url() or "/",
    }
    return render(request, "resources/surveys/thanks.html", context)


def hints_for(competences: list[Competence]) -> list[Hint]:
    """For each competence its part of the library and the items most used there. A fixed number of queries."""
    if not competences:
        return []
    wanted = Q()
    for one in competences:
        wanted |= Q(competences__contains=f",{one.pk},")
    rows = list(
        public_cards().filter(wanted).order_by("-uses", "-published_at").values_list("item", "competences")
        [:MOST_LOOKED_AT]
    )  # fmt: skip
    chosen = {
        one.pk: [item for item, cell in rows if str(one.pk) in values_of(cell)][:ITEMS_EACH]
        for one in competences
    }
    cards = {card.pk: card for card in with_items([pk for some in chosen.values() for pk in some])}
    base = library_url() or "/"
    return [
        Hint(
            one,
            f"{base}?{urlencode({'nang-luc': one.code})}" if chosen[one.pk] else "",
            [cards[pk] for pk in chosen[one.pk] if pk in cards],
        )
        for one in competences
    ]


@require_safe
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-vien/tu-danh-gia/<mã>/in/?dot=truoc|sau&lop=`: one sheet of paper for each learner."""
    asked = asked_by(code)
    unit = asked.unit(request.GET.get("lop", ""))
    wave = WAVE_SLUGS.get(request.GET.get("dot", ""), asked.survey.open_wave(timezone.localdate()))
    context = {
        "page": head_of(asked.survey.title, asked.survey.public_url),
        "survey": asked.survey, "questions": asked.questions, "audiences": asked.audiences,
        "unit": unit or (asked.units[0] if len(asked.units) == 1 else None),
        "steps": Able.choices, "wave": wave, "waves": Wave.choices,
        "address": absolute(asked.survey.public_url), "query": _query(unit),
    }  # fmt: skip
    return render(request, "resources/surveys/sheet.html", context)


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet's address as a QR code, for one class where one is named."""
    asked = asked_by(code)
    unit = asked.unit(request.GET.get("lop", ""))
    address = absolute(asked.survey.public_url) + _query(unit)
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")
