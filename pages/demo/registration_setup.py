"""What registering for the demonstration forum asks beside a person's details, and who shares places."""

from dataclasses import dataclass

from pages.demo.records import T

# The hall holds fewer than the kinds of attendance have places together.
QUOTA_NAME = "Trung tâm Hội nghị · 회의장 · Conference centre"
QUOTA_PLACES = 1000
QUOTA_TYPES = ("delegate", "healthcare", "researcher", "business", "student")
PRIORITY_NAME = "Khách của hai bộ · 양국 부처 초청 · Guests of the ministries"
PRIORITY_RANK = 10
# Public, like the passwords of the demonstration: it lets anybody try the form of invited guests.
INVITATION_CODE = "VIETHAN-DEMO"
INVITATION_USES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRecord:
    """A purpose that people may agree to or not."""

    kind: str
    wording: T


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """A question; `types` are slugs, `after` an option of an earlier question by (slug, number)."""

    slug: str
    kind: str
    text: T
    help: T | None = None
    types: tuple[str, ...] = ()
    options: tuple[T, ...] = ()
    is_required: bool = False
    after: tuple[str, int] | None = None


YES = T(vi="Có", ko="예", en="Yes")
NO = T(vi="Không", ko="아니요", en="No")

PURPOSES: tuple[PurposeRecord, ...] = (
    PurposeRecord(
        kind="participants",
        wording=T(
            vi="Họ tên, đơn vị và nước của tôi có trong danh sách mà các đại biểu khác xem được.",
            ko="다른 참가자가 볼 수 있는 참가자 명단에 제 성명, 소속, 국가를 싣는 데 동의합니다.",
            en="My name, organization and country may stand in the list that other participants see.",
        ),
    ),
    PurposeRecord(
        kind="exhibitors",
        wording=T(
            vi="Đơn vị triển lãm mà tôi cho quét thẻ được gửi thư cho tôi về sản phẩm của họ.",
            ko="제가 명찰을 스캔하게 한 전시 업체가 제품에 관해 저에게 연락하는 데 동의합니다.",
            en="Exhibitors whom I let scan my badge may write to me about their products.",
        ),
    ),
    PurposeRecord(
        kind="photographs",
        wording=T(
            vi="Ảnh và video có hình tôi được đăng để đưa tin về diễn đàn.",
            ko="저를 알아볼 수 있는 사진과 영상을 포럼 보도에 쓰는 데 동의합니다.",
            en="Photographs and videos in which I can be recognized may be published to report on the forum.",
        ),
    ),
    PurposeRecord(
        kind="newsletter",
        wording=T(
            vi="Tôi muốn nhận bản tin về diễn đàn này và các kỳ sau, nhiều nhất mỗi tháng một thư.",
            ko="이번 포럼과 다음 포럼의 소식을 한 달에 한 번 이내로 메일로 받겠습니다.",
            en="Send me news of this forum and the next ones, at most one mail a month.",
        ),
    ),
)

REASONS: tuple[T, ...] = (
    T(
        vi="Giấy tờ gửi kèm không cho thấy bạn làm việc cho cơ quan báo chí nào.",
        ko="보내 주신 서류에서 소속 언론사를 확인할 수 없었습니다.",
        en="The document you sent does not show for which medium you work.",
    ),
    T(
        vi="Tệp gửi kèm không đọc được. Bạn có thể đăng ký lại với một tệp khác.",
        ko="첨부하신 파일을 읽을 수 없었습니다. 다른 파일로 다시 등록하실 수 있습니다.",
        en="We cannot read the file you sent. You may register again with another one.",
    ),
    T(
        vi="Cơ quan của bạn đã có đủ số người được cấp thẻ.",
        ko="소속 언론사에 배정된 인원이 모두 찼습니다.",
        en="Your medium already has as many passes as there are for each.",
    ),
)

QUESTIONS: tuple[QuestionRecord, ...] = (
    QuestionRecord(
        slug="cme",
        kind="choice",
        text=T(
            vi="Bạn có cần tín chỉ đào tạo liên tục (CME) không?",
            ko="의료인 보수교육(CME) 평점이 필요하십니까?",
            en="Do you need credits for continuing medical education (CME)?",
        ),
        types=("healthcare",),
        options=(YES, NO),
    ),
    QuestionRecord(
        slug="licence",
        kind="text",
        text=T(vi="Số chứng chỉ hành nghề", ko="면허 번호", en="Licence number"),
        help=T(
            vi="Cơ quan công nhận tín chỉ yêu cầu số này.",
            ko="평점을 인정하는 기관에서 요구합니다.",
            en="Whoever recognizes the credits asks for it.",
        ),
        types=("healthcare",),
        is_required=True,
        after=("cme", 0),
    ),
    QuestionRecord(
        slug="medium",
        kind="text",
        text=T(
            vi="Bạn đưa tin cho cơ quan báo chí nào?",
            ko="어느 매체에 보도하십니까?",
            en="For which medium do you report?",
        ),
        types=("press",),
        is_required=True,
    ),
    QuestionRecord(
        slug="press-card",
        kind="file",
        text=T(
            vi="Thẻ nhà báo hoặc giấy giới thiệu của toà soạn",
            ko="기자증 또는 소속 언론사의 확인서",
            en="Your press card, or a letter of your editors",
        ),
        types=("press",),
        is_required=True,
    ),
    QuestionRecord(
        slug="camera",
        kind="choice",
        text=T(
            vi="Bạn có mang theo máy quay không?",
            ko="촬영 장비를 가져오십니까?",
            en="Do you bring a camera team?",
        ),
        types=("press",),
        options=(YES, NO),
        is_required=True,
    ),
    QuestionRecord(
        slug="equipment",
        kind="prose",
        text=T(
            vi="Thiết bị và số người đi cùng",
            ko="장비와 동행 인원",
            en="Equipment, and how many people come along",
        ),
        types=("press",),
        after=("camera", 0),
    ),
    QuestionRecord(
        slug="dietary",
        kind="dietary",
        text=T(
            vi="Yêu cầu về ăn uống trong tiệc chiêu đãi",
            ko="만찬 식사와 관련하여 요청하실 사항",
            en="Dietary needs at the reception",
        ),
        types=("vip",),
        options=(
            T(vi="Ăn chay", ko="채식", en="Vegetarian"),
            T(vi="Halal", ko="할랄", en="Halal"),
            T(vi="Không hải sản", ko="해산물 제외", en="No seafood"),
        ),
    ),
    QuestionRecord(
        slug="access",
        kind="access",
        text=T(
            vi="Hỗ trợ tiếp cận bạn cần tại hội trường",
            ko="행사장에서 필요한 이동·접근 지원",
            en="What you need to come in and take part",
        ),
        types=("vip",),
        options=(
            T(vi="Lối đi cho xe lăn", ko="휠체어 접근", en="Step-free way in"),
            T(vi="Chỗ ngồi hàng đầu", ko="앞줄 좌석", en="A seat in the first row"),
        ),
    ),
)
