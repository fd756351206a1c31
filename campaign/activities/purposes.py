"""Keys of the log's purposes of personal data, for those who need no more than the key."""

ADULTS_PUBLIC = "anh-len-trang"
MINORS_PUBLIC = "anh-tre-em-len-trang"
