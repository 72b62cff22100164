"""What registrants of the demonstration may agree to besides, each purpose apart."""

from pages.demo.records import T

# Purpose (registrations.models.consents.Purpose) → the sentence beside its box.
PURPOSES: dict[str, T] = {
    "exhibitors": T(
        vi="""
            Các đơn vị triển lãm mà tôi đưa mã vé cho quét được liên hệ với tôi qua thư điện tử về sản phẩm
            của họ.
        """,
        ko="""
            내 입장권의 QR 코드를 스캔한 전시 업체가 제품에 관하여 나에게 메일로 연락하는 데 동의합니다.
        """,
        en="""
            Exhibitors whom I let scan my ticket may write to me by e-mail about their products.
        """,
    ),
    "photographs": T(
        vi="""
            Ban tổ chức được đăng ảnh và video của diễn đàn có hình tôi trên trang này và trong báo cáo của
            diễn đàn.
        """,
        ko="""
            내가 나온 포럼 사진과 영상을 이 누리집과 포럼 보고서에 싣는 데 동의합니다.
        """,
        en="""
            The organizers may show photographs and recordings of the forum in which I am seen, on this site
            and in the forum's report.
        """,
    ),
    "newsletter": T(
        vi="""
            Ban tổ chức được gửi cho tôi tin về các diễn đàn sau, nhiều nhất bốn thư một năm.
        """,
        ko="""
            다음 포럼 소식을 1년에 최대 네 번 메일로 받는 데 동의합니다.
        """,
        en="""
            The organizers may send me news of the next forums, at most four mails a year.
        """,
    ),
    "participants": T(
        vi="""
            Tên, chức vụ, đơn vị và nước của tôi được đưa vào danh sách người tham dự mà những người tham dự
            khác xem được.
        """,
        ko="""
            나의 이름, 직위, 소속, 국가를 다른 참가자가 볼 수 있는 참가자 명단에 싣는 데 동의합니다.
        """,
        en="""
            My name, position, organization and country may stand in the list of participants that the other
            participants see.
        """,
    ),
}
