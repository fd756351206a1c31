"""Personal data: what for, on what ground, how long; consents; requests of data subjects."""

from django.apps import AppConfig

REQUESTS = "yeu-cau-du-lieu"
PROOFS = "bang-chung-dong-y"


class PrivacyConfig(AppConfig):
    """Keeps the register of purposes and the consents."""

    name = "privacy"
    verbose_name = "Dữ liệu cá nhân"

    def ready(self) -> None:
        """Register the page, its own purpose, and the timer that forgets."""
        from core.registry import Link, site_links, timers
        from privacy.queries import consents_of, requests_of
        from privacy.registry import data_finders

        site_links.register(Link("Quyền riêng tư", "/quyen-rieng-tu/"), order=95)
        timers.register("purge_expired", order=90)
        data_finders.register(requests_of, order=80)
        data_finders.register(consents_of, order=81)
        self.register_purposes()

    @staticmethod
    def register_purposes() -> None:
        """What is kept to serve the persons themselves: their requests, the proof of their consents."""
        from privacy.registry import Purpose, purposes
        from privacy.requests import KEEP_MONTHS, purge_requests
        from privacy.services import PROOF_MONTHS, purge_consents

        purposes.register(
            Purpose(
                key=REQUESTS,
                title="Giải quyết yêu cầu về dữ liệu cá nhân",
                why="Để tìm đúng dữ liệu của người yêu cầu, làm theo yêu cầu và chứng minh đã làm đúng hạn.",
                fields=("họ và tên", "số điện thoại hoặc thư điện tử", "nội dung yêu cầu"),
                recipients="Bộ phận bảo vệ dữ liệu cá nhân của nhà trường.",
                basis="Nghĩa vụ theo Luật Bảo vệ dữ liệu cá nhân; vì vậy biểu mẫu này không hỏi đồng ý.",
                keep_months=KEEP_MONTHS,
                kept_from="khi yêu cầu được giải quyết; sau đó chỉ còn loại việc và ngày tháng",
                purge=purge_requests,
            ),
            order=80,
        )
        purposes.register(
            Purpose(
                key=PROOFS,
                title="Giữ bằng chứng của sự đồng ý",
                why="Để chứng minh nhà trường đã hỏi trước khi dùng dữ liệu, và biết ai đã rút lại.",
                fields=("họ và tên nếu bạn có ghi", "câu đã đồng ý", "lúc đồng ý, lúc rút lại"),
                recipients="Bộ phận bảo vệ dữ liệu cá nhân của nhà trường.",
                basis="Nghĩa vụ theo Luật Bảo vệ dữ liệu cá nhân.",
                keep_months=PROOF_MONTHS,
                kept_from="khi dữ liệu dựa trên sự đồng ý đó đã được xóa",
                purge=purge_consents,
            ),
            order=81,
        )
