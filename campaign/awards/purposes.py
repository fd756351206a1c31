"""Keys of the purposes for which awards take personal data."""

DOSSIER = "ho-so-khen-thuong"
PUBLISH = "cong-bo-khen-thuong"
