"""Questions, suggestions, difficulties."""

from django.apps import AppConfig

WHAT_IS_TAKEN = ("họ và tên", "số điện thoại", "địa chỉ thư điện tử", "nội dung bạn viết")


class FeedbackConfig(AppConfig):
    """Takes in what people ask and tell, and what the office answers."""

    name = "campaign.feedback"
    label = "feedback"
    verbose_name = "Hỏi đáp, góp ý"

    def ready(self) -> None:
        """Register links, what is found, and what is done with personal data."""
        from campaign.feedback.models import FaqEntry
        from core.registry import Link, SearchKind, search_kinds, site_links

        site_links.register(Link("Liên hệ", "/lien-he/", in_menu=True), order=90)
        site_links.register(Link("Hỏi đáp", "/hoi-dap/"), order=60)
        search_kinds.register(
            SearchKind("hoi-dap", "Hỏi đáp", lambda: FaqEntry.objects.live()), order=40
        )
        self.register_purposes()

    @staticmethod
    def register_purposes() -> None:
        """Two purposes, two consents: to answer, and to publish."""
        from campaign.feedback.forms import CONTACT, PUBLISHING
        from campaign.feedback.queries import feedback_of
        from campaign.feedback.services import KEEP_MONTHS, purge_feedback
        from privacy.registry import Purpose, data_finders, purposes

        data_finders.register(feedback_of, order=20)
        purposes.register(
            Purpose(
                key=CONTACT,
                title="Trả lời câu hỏi, góp ý, khó khăn",
                why="Để biết ai hỏi và trả lời lại đúng người. Bạn có thể gửi mà không ghi tên.",
                fields=WHAT_IS_TAKEN,
                recipients="Người của nhà trường được giao trả lời; không chuyển ra ngoài trường.",
                basis="Sự đồng ý của bạn khi gửi.",
                keep_months=KEEP_MONTHS,
                kept_from="khi phản hồi được khép lại",
                consent="Tôi đồng ý để nhà trường dùng tên và cách liên lạc tôi đã ghi, chỉ để trả lời "
                "phản hồi này. Tôi có thể rút lại bất cứ lúc nào.",
                purge=purge_feedback,
            ),
            order=20,
        )
        purposes.register(
            Purpose(
                key=PUBLISHING,
                title="Đăng câu hỏi hay để nhiều người cùng đọc",
                why="Câu hỏi của một người thường giúp được nhiều người. Trước khi đăng, tên, số điện "
                "thoại và mọi chi tiết riêng được bỏ đi.",
                fields=("nội dung câu hỏi, đã bỏ mọi thông tin riêng",),
                recipients="Mọi người đọc trang Hỏi đáp.",
                basis="Sự đồng ý riêng của bạn; không đồng ý vẫn được trả lời như thường.",
                keep_months=KEEP_MONTHS,
                kept_from="khi phản hồi được khép lại; câu hỏi đã bỏ thông tin riêng thì ở lại trang",
                consent="Nếu câu hỏi có ích cho người khác, nhà trường được đăng lên trang Hỏi đáp sau khi "
                "bỏ hết tên và thông tin riêng của tôi.",
            ),
            order=21,
        )
