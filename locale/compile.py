#!/usr/bin/env python3
"""Compile and check the translation catalogues of this folder.

The catalogues here complete the Vietnamese translation of the packages the
project uses (Wagtail, Django, axes, wagtailmedia, ...).  Django reads them
through LOCALE_PATHS, before those of the packages themselves.

    python locale/compile.py            # write every .mo next to its .po
    python locale/compile.py --check    # write nothing; exit 1 on a problem

To change a translation: edit the .po by hand, run this script, and commit
both the .po and the .mo.  Do not run Django's `makemessages` into these
files: it would mark every message as obsolete, since the messages come from
the installed packages, not from the project's own sources.

The check covers: a .mo missing or out of date; fuzzy or duplicate messages;
placeholders or HTML tags that differ between msgid and msgstr; leading or
trailing whitespace that differs; text that is not in Unicode form NFC.

Needs only polib (no gettext tools).
"""

import argparse
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parent

PLACEHOLDER = re.compile(
    r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]"  # %(name)s
    r"|%[sdrif](?!\w)"  # %s
    r"|\{\w*\}"  # {name}, {0}, {}
)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def tokens(text):
    """Count the placeholders and HTML tags of a text."""
    return Counter(PLACEHOLDER.findall(text)) + Counter(TAG.findall(text))


def edges(text):
    """Return the leading and trailing whitespace of a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def translations(entry):
    """Return the texts an entry holds: one, or one per plural form."""
    if entry.msgid_plural:
        return list(entry.msgstr_plural.values())
    return [entry.msgstr]


def check_entry(entry):
    """Yield the problems of one .po entry."""
    if entry.fuzzy:
        yield "marked fuzzy"
    sources = [s for s in (entry.msgid, entry.msgid_plural) if s]
    for text in translations(entry):
        if not text:
            yield "not translated"
            continue
        # A plural translation may follow either form of the original, as
        # the singular often leaves the number out ("Delete 1 page").
        if not any(tokens(text) == tokens(source) for source in sources):
            yield f"placeholders or tags differ: {text!r}"
        if not any(edges(text) == edges(source) for source in sources):
            yield f"leading or trailing whitespace differs: {text!r}"
        if not unicodedata.is_normalized("NFC", text):
            yield f"not in Unicode form NFC: {text!r}"


def contents(catalogue):
    """Return what a catalogue translates, in a form that can be compared."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or ""): translations(entry)
        for entry in catalogue
        if not entry.obsolete and any(translations(entry))
    }


def check(po, mo_path):
    """Yield the problems of one .po and its .mo."""
    seen = set()
    for entry in po:
        if entry.obsolete:
            continue
        if (entry.msgctxt, entry.msgid) in seen:
            yield f"line {entry.linenum}: {entry.msgid!r}: duplicate message"
        seen.add((entry.msgctxt, entry.msgid))
        for problem in check_entry(entry):
            yield f"line {entry.linenum}: {entry.msgid!r}: {problem}"
    if not mo_path.exists():
        yield f"{mo_path.name} is missing"
        return
    mo = polib.mofile(str(mo_path))
    same_header = all(mo.metadata.get(k) == v for k, v in po.metadata.items())
    if not same_header or contents(mo) != contents(po):
        yield f"{mo_path.name} is out of date; run: python locale/compile.py"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a problem")
    options = parser.parse_args()

    po_paths = sorted(LOCALE_DIR.glob("*/LC_MESSAGES/*.po"))
    if not po_paths:
        sys.exit(f"No .po file under {LOCALE_DIR}")
    failed = False
    for po_path in po_paths:
        po = polib.pofile(str(po_path), encoding="utf-8")
        mo_path = po_path.with_suffix(".mo")
        name = po_path.relative_to(LOCALE_DIR)
        if options.check:
            problems = list(check(po, mo_path))
            failed = failed or bool(problems)
            for problem in problems:
                print(f"{name}: {problem}", file=sys.stderr)
            print(f"{name}: {len(contents(po))} messages, {len(problems)} problems")
        else:
            po.save_as_mofile(str(mo_path))
            print(f"{name}: {len(contents(po))} messages compiled")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
