"""Makes the demo library's files anew: `python tools/demo_library.py [spoken]`.

Without a word: the sheets and slides of home/demo/library/source as PDF, the infographics also as pictures; a
PDF that is there is left alone, delete it to have it made again. With `spoken`: the video and the sound of
home/demo/spoken.toml, for which ffmpeg and espeak-ng must be on the machine. The files are kept in the
repository; the site itself needs neither program.
"""

import subprocess
import sys
import tomllib
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import ImageChops, ImageOps
from weasyprint import HTML

OUT = Path(__file__).resolve().parent.parent / "home" / "demo" / "library"
SOURCE = OUT / "source"
# Cut into the film, not handed out.
FILM = "phim-"
INFOGRAPHICS = ("vneid-ba-nen-ba-khong", "quet-ma-bon-buoc", "khong-dua-vao-ai")
PICTURE_WIDTH, FILM_WIDTH = 1080, 854
RIM = 32
PAUSE = 0.6
VOICE = ["espeak-ng", "-v", "vi", "-s", "145", "-g", "2"]


def print_sheets() -> None:
    """Every source as PDF; the first page of an infographic as a picture."""
    for source in sorted(SOURCE.glob("*.html")):
        name = source.stem
        if name.startswith(FILM) or (OUT / f"{name}.pdf").exists():
            continue
        # Tagged, so that it can be read aloud.
        HTML(source).write_pdf(OUT / f"{name}.pdf", pdf_variant="pdf/ua-1")
        if name in INFOGRAPHICS:
            page = page_pictures(OUT / f"{name}.pdf", PICTURE_WIDTH)[0]
            without_margin(page).save(OUT / f"{name}.webp", quality=70, method=6)


def page_pictures(path, width):
    """The pages of a PDF as pictures of one width."""
    document = pypdfium2.PdfDocument(path)
    return [
        page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document
    ]


def without_margin(page):
    """The picture down to what is drawn, with an even rim."""
    left, top, right, bottom = ImageChops.invert(page).getbbox()
    return ImageOps.expand(page.crop((left, top, right, bottom)), RIM, "white")


def speak(lines, folder):
    """The lines as one sound file, and when each begins and ends, in seconds."""
    times, now, spoken = [], 0.0, b""
    for n, line in enumerate(lines):
        path = folder / f"{n}.wav"
        subprocess.run([*VOICE, "-w", path, line.get("said", line["text"])], check=True)
        with wave.open(str(path)) as sound:
            rate = sound.getframerate()
            data = sound.readframes(sound.getnframes())
        data += bytes(2 * int(PAUSE * rate))
        length = len(data) / 2 / rate
        times.append((now, now + length - PAUSE / 2))
        now, spoken = now + length, spoken + data
    whole = folder / "whole.wav"
    with wave.open(str(whole), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(spoken)
    return whole, times, now


def stamp(seconds):
    """A time as WebVTT writes it."""
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{rest:06.3f}"


def write_captions(name, lines, times):
    """The lines with their times as WebVTT."""
    cues = [
        f"{stamp(start)} --> {stamp(end)}\n{line['text']}\n"
        for line, (start, end) in zip(lines, times, strict=True)
    ]
    (OUT / f"{name}.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))


def write_film(piece, sound, times, length, folder):
    """The slides, each as long as its lines are read, over the sound; the first slide is the still."""
    HTML(SOURCE / f"{piece['slides']}.html").write_pdf(folder / "slides.pdf")
    pictures = page_pictures(folder / "slides.pdf", FILM_WIDTH)
    pictures[0].save(OUT / f"{piece['name']}.webp", quality=75, method=6)
    for n, picture in enumerate(pictures, start=1):
        picture.crop((0, 0, FILM_WIDTH, 480)).save(folder / f"{n}.png")
    starts = [start for start, _ in times] + [length]
    rows = [
        f"file '{folder}/{line['slide']}.png'\nduration {starts[n + 1] - starts[n]:.3f}\n"
        for n, line in enumerate(piece["line"])
    ]
    # The last picture is named twice, or ffmpeg leaves it out.
    (folder / "list.txt").write_text("".join(rows) + rows[-1].split("\n")[0] + "\n")
    picture_in = ["-f", "concat", "-safe", "0", "-i", folder / "list.txt", "-i", sound]
    picture_out = [
        "-c:v",
        "libx264",
        "-tune",
        "stillimage",
        "-crf",
        "36",
        "-g",
        "600",
        "-preset",
        "veryslow",
    ]
    shape = ["-r", "5", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-t", f"{length:.3f}"]
    voice = ["-c:a", "aac", "-b:a", "24k", "-ac", "1"]
    target = OUT / f"{piece['name']}.mp4"
    encode([*picture_in, *picture_out, *shape, *voice, target])


def encode(arguments):
    """Run ffmpeg without traces of this machine in the file."""
    *given, target = arguments
    subprocess.run(
        ["ffmpeg", "-y", "-v", "error", *given, "-map_metadata", "-1", target], check=True
    )


def make_spoken() -> None:
    """The video with its captions, and the sound."""
    for piece in tomllib.loads((OUT.parent / "spoken.toml").read_text())["piece"]:
        with TemporaryDirectory() as made:
            folder = Path(made)
            sound, times, length = speak(piece["line"], folder)
            print(piece["name"], f"{length:.1f} s")
            if "slides" in piece:
                write_captions(piece["name"], piece["line"], times)
                write_film(piece, sound, times, length, folder)
            else:
                target = OUT / f"{piece['name']}.mp3"
                encode(["-i", sound, "-c:a", "libmp3lame", "-b:a", "24k", "-ar", "22050", target])


if __name__ == "__main__":
    make_spoken() if "spoken" in sys.argv else print_sheets()
