"""How the editor's own script makes an address from a Vietnamese title, the same as `core.text.slugify`.

Each row is (regular expression, replacement, flags) for Wagtail's slug field. Without them the script
turns “Đường dây” into “djng-day”.
"""

SLUG_FORMATTERS: list[tuple[str, str, str]] = [
    ("[àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ]", "a", "gu"),
    ("[èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ]", "e", "gu"),
    ("[ìíỉĩịÌÍỈĨỊ]", "i", "gu"),
    ("[òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ]", "o", "gu"),
    ("[ùúủũụưừứửữựƣÙÚỦŨỤƯỪỨỬỮỰƢ]", "u", "gu"),
    ("[ỳýỷỹỵỲÝỶỸỴ]", "y", "gu"),
    ("[đĐÐ]", "d", "gu"),
    ("[\\u0300-\\u036f]", "", "gu"),
]
