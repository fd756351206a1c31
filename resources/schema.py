"""Items and paths for machines (schema.org LearningResource, Course)."""

from mimetypes import guess_type
from typing import Any

from core.models import SiteMedia
from core.queries import site_chrome
from core.templatetags.site_tags import absolute
from resources.choices import LEARNING_TYPES, ItemKind, PathKind
from resources.models import LearningPathPage, LibraryItemPage, PathStep


def item_data(item: LibraryItemPage, shown: dict[str, Any]) -> dict[str, Any]:
    """What is known, and nothing else; `shown` is what the page itself shows."""
    publisher = item.source or site_chrome().settings.school_name
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": item.title,
        "description": item.description,
        "url": absolute(item.url or "/"),
        "learningResourceType": LEARNING_TYPES[ItemKind(item.kind)] if item.kind else "",
        "inLanguage": item.language.code if item.language else "",
        "timeRequired": f"PT{item.minutes}M" if item.minutes else "",
        "license": (item.licence.url or item.licence.name) if item.licence else "",
        "author": _organisation(item.author),
        "publisher": _organisation(publisher),
        "copyrightYear": item.year,
        "datePublished": item.first_published_at,
        "dateModified": item.last_published_at,
        "keywords": [tag.name for tag in shown["keywords"]],
        "about": [topic.name for topic in shown["topics"]],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": group.name}
            for group in shown["audiences"]
        ],
        "teaches": [_competence(link) for link in shown["competences"]],
        "educationalLevel": list(
            dict.fromkeys(str(link.level) for link in shown["competences"] if link.level_id)
        ),
        "thumbnailUrl": absolute(shown["cover"]) if shown["cover"] else "",
        "encoding": [
            *(_file(item, row) for row in shown["files"]),
            *([_media(item.media)] if item.media else []),
        ],
        "accessibilityFeature": _helps(item.media),
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in data.items() if value}


def _media(media: SiteMedia) -> dict[str, Any]:
    """The own video or sound."""
    told = {
        "@type": "VideoObject" if media.type == "video" else "AudioObject",
        "name": media.title,
        "contentUrl": absolute(media.file.url),
        "encodingFormat": guess_type(media.filename)[0] or "",
        "duration": f"PT{round(media.duration)}S" if media.duration else "",
        "thumbnailUrl": absolute(media.thumbnail.url) if media.thumbnail else "",
        "transcript": media.transcript,
    }
    return {key: value for key, value in told.items() if value}


def _helps(media: SiteMedia | None) -> list[str]:
    """What helps those who don't hear or see it, in the words of schema.org."""
    if media is None:
        return []
    helps = {"captions": media.captions, "transcript": media.transcript}
    return [name for name, there in helps.items() if there]


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name} if name else {}


def _competence(link: Any) -> dict[str, Any]:
    term = {
        "@type": "DefinedTerm",
        "termCode": link.competence.code,
        "name": link.competence.name,
        "inDefinedTermSet": "Thông tư 02/2025/TT-BGDĐT",
    }
    return term | ({"description": str(link.level)} if link.level_id else {})


def _file(item: LibraryItemPage, row: Any) -> dict[str, Any]:
    facts = row.facts
    return {
        "@type": "MediaObject",
        "name": str(row),
        # The address that gives the file its Vietnamese name; a row that is only previewed has none.
        "contentUrl": absolute(
            f"{item.url}tep/{row.pk}/" if item.url and row.pk else row.document.url
        ),
        "encodingFormat": row.document.content_type,
        **({"contentSize": f"{facts.size} B"} if facts and facts.size else {}),
    }


def path_data(path: LearningPathPage, shown: dict[str, Any]) -> dict[str, Any]:
    """A programme is a course, a collection a resource made of others; each with its steps in order."""
    span = shown["span"]
    data = {
        "@context": "https://schema.org",
        "@type": "Course" if path.kind == PathKind.PROGRAMME else "LearningResource",
        "name": path.title,
        "description": path.description,
        "url": absolute(path.url or "/"),
        "inLanguage": "vi",
        "provider": _organisation(site_chrome().settings.school_name),
        "timeRequired": f"PT{span.minutes}M" if span.minutes and not span.is_least else "",
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": group.name}
            for group in shown["audiences"]
        ],
        "hasPart": [
            _part(step, place, shown["library_url"])
            for place, step in enumerate(shown["steps"], start=1)
        ],
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in data.items() if value}


def _part(step: PathStep, place: int, library_url: str) -> dict[str, Any]:
    is_own = bool(step.item)
    part = {
        "@type": "LearningResource" if is_own else "Course",
        "name": step.name,
        "url": absolute(f"{library_url}{step.item.slug}/") if step.item else step.url,
        "position": place,
        "description": step.outcome,
        "timeRequired": f"PT{step.time}M" if step.time else "",
        "provider": {} if is_own else _organisation(step.provider),
    }
    return {key: value for key, value in part.items() if value}
