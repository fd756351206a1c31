"""Keys of the purposes for which awards take personal data."""

DOSSIER = "ho-so-khen-thuong"
PUBLISH = "cong-bo-khen-thuong"
PICTURE = "cong-bo-anh-khen-thuong"
# Each agreed to by itself, or not.
PUBLISHING = (PUBLISH, PICTURE)
