"""What the exhibitors of the demonstration have to do, read and write; all of it is invented."""

from dataclasses import dataclass

from pages.demo.records import T


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """A task: its kind, what it is called, and how many days before the opening it is due."""

    kind: str
    days: int
    name: T
    explanation: T
    types: tuple[str, ...] = ()
    is_required: bool = True
    is_checked: bool = True


TASKS: tuple[TaskRecord, ...] = (
    TaskRecord(
        kind="description",
        days=32,
        name=T(
            vi="Giới thiệu đơn vị bằng ba ngôn ngữ",
            ko="3개 언어로 기관 소개 작성",
            en="Describe yourself in three languages",
        ),
        explanation=T(
            vi="Khách tham quan đọc phần giới thiệu trên trang triển lãm bằng tiếng của mình.",
            ko="관람객은 전시 페이지에서 소개를 자기 언어로 읽습니다.",
            en="Visitors read it on the pages of the exhibition, in their own language.",
        ),
    ),
    TaskRecord(
        kind="logo",
        days=28,
        name=T(vi="Tải logo lên", ko="로고 올리기", en="Upload your logo"),
        explanation=T(
            vi="Logo xuất hiện trên sơ đồ, trang triển lãm và biển tên gian hàng.",
            ko="로고는 배치도와 전시 페이지, 부스 이름판에 표시됩니다.",
            en="It appears on the plan, on the pages of the exhibition and on the sign of your booth.",
        ),
    ),
    TaskRecord(
        kind="products",
        days=26,
        name=T(
            vi="Giới thiệu ít nhất một sản phẩm",
            ko="제품 한 가지 이상 소개",
            en="Show one product at least",
        ),
        explanation=T(
            vi="Khách tham quan tìm sản phẩm theo chủ đề trước khi đến gian hàng.",
            ko="관람객은 부스에 오기 전에 주제별로 제품을 찾습니다.",
            en="Visitors look for products by topic before they come to the booths.",
        ),
    ),
    TaskRecord(
        kind="insurance",
        days=21,
        name=T(
            vi="Giấy chứng nhận bảo hiểm trách nhiệm",
            ko="배상 책임 보험 증명서",
            en="Certificate of liability insurance",
        ),
        explanation=T(
            vi="Bản PDF hoặc ảnh chụp rõ; phải có hiệu lực đến hết ngày tháo dỡ.",
            ko="PDF 또는 선명한 사진으로 올려 주십시오. 철거일까지 유효해야 합니다.",
            en="As a PDF or a clear picture. It has to be valid until the day on which booths are cleared.",
        ),
    ),
    TaskRecord(
        kind="upload",
        days=18,
        name=T(vi="Bản vẽ gian hàng", ko="부스 도면", en="Drawing of your booth"),
        explanation=T(
            vi="Dành cho gian hàng tự dựng: kích thước, chiều cao và vị trí ổ điện.",
            ko="직접 시공하는 부스만 해당합니다. 크기와 높이, 콘센트 위치를 표시해 주십시오.",
            en="For booths that you build yourselves: measures, height, and where the sockets are.",
        ),
        types=("island",),
    ),
    TaskRecord(
        kind="staff",
        days=14,
        name=T(
            vi="Ghi tên nhân viên tại gian hàng",
            ko="부스 근무자 이름 등록",
            en="Name the staff of your booth",
        ),
        explanation=T(
            vi="Mỗi người nhận một thẻ nhân viên để vào cửa.",
            ko="등록된 분은 각자 스태프 출입증을 받습니다.",
            en="Each of them gets a staff pass, which opens the doors.",
        ),
    ),
    TaskRecord(
        kind="delivery",
        days=10,
        name=T(vi="Đăng ký giờ chuyển hàng", ko="자재 반입 시간 신청", en="When your material comes"),
        explanation=T(
            vi="Cổng hàng chỉ nhận một xe mỗi lượt, nên mỗi xe cần một khung giờ.",
            ko="화물 출입구는 한 번에 한 대만 들어갈 수 있어 차량마다 시간을 정합니다.",
            en="The gate takes one vehicle at a time, so that each needs a time of its own.",
        ),
    ),
    TaskRecord(
        kind="tick",
        days=7,
        name=T(
            vi="Đã đọc nội quy sảnh triển lãm", ko="전시장 이용 규칙 확인", en="Read the rules of the floor"
        ),
        explanation=T(
            vi="Nội quy nằm trong mục Tài liệu.",
            ko="규칙은 자료 페이지에 있습니다.",
            en="You find them among the documents.",
        ),
        is_required=False,
        is_checked=False,
    ),
)

MANUAL = T(vi="Sổ tay đơn vị triển lãm", ko="전시 참가 안내서", en="Exhibitors’ manual")
MANUAL_TEXT = T(
    vi="""
        Tài liệu minh hoạ. Sảnh mở cửa cho đơn vị triển lãm từ 13:00 ngày trước khai mạc.

        Điện, mạng và bàn ghế có sẵn theo loại gian hàng. Dịch vụ thêm đặt cùng đơn đăng ký.
    """,
    ko="""
        예시 자료입니다. 전시장은 개막 전날 13:00부터 참가기관에 열립니다.

        전기와 네트워크, 가구는 부스 유형에 따라 제공됩니다. 부대 서비스는 신청서에서 주문합니다.
    """,
    en="""
        A document of the demonstration. The hall opens to exhibitors at 13:00 on the day before.

        Power, network and furniture come with the booth type. Extras are ordered with the application.
    """,
)
RULES = T(vi="Nội quy sảnh triển lãm", ko="전시장 이용 규칙", en="Rules of the floor")
RULES_TEXT = T(
    vi="""
        Lối đi rộng 3 m luôn để trống. Vật liệu trang trí phải chống cháy.

        Không trình chiếu dữ liệu người bệnh.
    """,
    ko="""
        폭 3 m의 통로는 항상 비워 둡니다. 장식 재료는 방염이어야 합니다.

        환자 데이터는 화면에 표시할 수 없습니다.
    """,
    en="""
        Aisles of 3 m are kept free at all times. What decorates a booth has to be fire-resistant.

        Data of patients must not be on display.
    """,
)
SENT_BACK = T(
    vi="Giấy chứng nhận hết hiệu lực trước ngày tháo dỡ.",
    ko="증명서의 유효 기간이 철거일 전에 끝납니다.",
    en="The certificate ends before the day on which booths are cleared.",
)

# Who wrote: True for organizers.
THREADS: dict[str, tuple[tuple[bool, str], ...]] = {
    "vi-du-health": (
        (False, "Chúng tôi cần thêm một ổ điện 2 kW cho máy siêu âm. Có thể đặt đến khi nào?"),
        (True, "Được ạ. Quý vị đặt thêm đến mười ngày trước khai mạc, trong mục Gian hàng."),
        (False, "Cảm ơn ban tổ chức. Máy nặng 180 kg, sàn có chịu được không?"),
    ),
    "gasang-medi": (
        (False, "반입 차량이 5톤 트럭입니다. 북문으로 들어갈 수 있습니까?"),
        (True, "네, 북문은 5톤까지 가능합니다. 자재 반입 시간을 신청해 주십시오."),
    ),
    "sangsang-ai": ((False, "부스 이름판에 영문 이름도 함께 표시할 수 있습니까?"),),
}
CIRCULAR_SUBJECT = T(
    vi="Giờ dựng và tháo dỡ gian hàng",
    ko="부스 설치 및 철거 시간 안내",
    en="When booths are set up and cleared",
)
CIRCULAR_BODY = T(
    vi="""
        Kính gửi {organization},

        sảnh mở cửa **từ 13:00 đến 20:00** ngày trước khai mạc. Việc tháo dỡ bắt đầu khi triển lãm kết thúc.
    """,
    ko="""
        {organization} 담당자님께

        전시장은 개막 전날 **13:00부터 20:00까지** 열립니다. 철거는 전시가 끝난 뒤에 시작합니다.
    """,
    en="""
        Dear {organization},

        the hall is open **from 13:00 to 20:00** on the day before. Booths are cleared at the end.
    """,
)
