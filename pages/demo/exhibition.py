"""The halls, booths and prices of the exhibition; the real one's are not known, so all of it is invented."""

from pages.demo.records import BoothTypeRecord, ExtraRecord, FeatureRecord, HallRecord, RowRecord, T

TERMS = T(
    vi="""
        Gian hàng chỉ được xác nhận sau khi ban tổ chức nhận được thanh toán. Đơn vị triển lãm dựng gian
        hàng vào buổi chiều trước ngày khai mạc và tháo dỡ sau khi triển lãm kết thúc.

        Sản phẩm trưng bày phải liên quan đến AI trong y tế. Dữ liệu người bệnh không được trình chiếu.
    """,
    ko="""
        부스는 사무국이 입금을 확인한 뒤에 확정됩니다. 전시 참가기관은 개막 전날 오후에
        부스를 설치하고 전시가 끝난 뒤 철거합니다.

        전시품은 의료 인공지능과 관련이 있어야 하며, 환자 데이터를 화면에 표시해서는 안 됩니다.
    """,
    en="""
        A booth is confirmed when the organizers have received the payment. Exhibitors set up on the
        afternoon before the opening and clear their booth when the exhibition has ended.

        What is shown has to do with AI in healthcare. Data of patients must not be on display.
    """,
)

PERIODS: dict[str, T] = {
    "whole": T(vi="Toàn bộ triển lãm", ko="전시 기간 전체", en="Whole exhibition"),
    "first": T(vi="Ngày thứ nhất", ko="첫째 날", en="First day"),
    "second": T(vi="Ngày thứ hai", ko="둘째 날", en="Second day"),
}

BOOTH_TYPES: tuple[BoothTypeRecord, ...] = (
    BoothTypeRecord(
        slug="wall",
        name=T(vi="Gian sát tường", ko="벽면 부스", en="Wall booth"),
        equipment=T(
            vi="Vách ba mặt\n\nMột bàn, hai ghế\n\nỔ điện 1 kW",
            ko="3면 벽체\n\n테이블 1개, 의자 2개\n\n전기 1 kW",
            en="Three walls\n\nA table and two chairs\n\nPower, 1 kW",
        ),
        width=300,
        depth=300,
        staff_passes=2,
        colour="#0f6b74",
        prices={"VND": 20_000_000, "KRW": 1_090_000, "USD": 790},
    ),
    BoothTypeRecord(
        slug="island",
        name=T(vi="Gian giữa sảnh", ko="아일랜드 부스", en="Island booth"),
        equipment=T(
            vi="Hai mặt mở\n\nHai bàn, bốn ghế\n\nỔ điện 2 kW",
            ko="2면 개방\n\n테이블 2개, 의자 4개\n\n전기 2 kW",
            en="Two open sides\n\nTwo tables and four chairs\n\nPower, 2 kW",
        ),
        width=400,
        depth=300,
        staff_passes=4,
        colour="#1f6198",
        prices={"VND": 29_000_000, "KRW": 1_590_000, "USD": 1_150},
    ),
    BoothTypeRecord(
        slug="table",
        name=T(vi="Bàn khởi nghiệp", ko="스타트업 테이블", en="Start-up table"),
        equipment=T(
            vi="Một bàn cao, hai ghế\n\nMột ổ cắm",
            ko="스탠딩 테이블 1개, 의자 2개\n\n콘센트 1개",
            en="A high table and two stools\n\nOne socket",
        ),
        width=200,
        depth=200,
        staff_passes=2,
        colour="#446a2c",
        prices={"VND": 6_000_000, "KRW": 330_000, "USD": 240},
    ),
    BoothTypeRecord(
        slug="demonstration",
        name=T(vi="Gian trình diễn", ko="시연 부스", en="Demonstration booth"),
        equipment=T(
            vi="Màn hình 75 inch\n\nÂm thanh nhỏ",
            ko="75인치 화면\n\n소형 음향",
            en="A 75-inch screen\n\nSmall sound system",
        ),
        width=400,
        depth=300,
        staff_passes=2,
        colour="#764980",
        prices={"VND": 9_000_000, "KRW": 490_000, "USD": 360},
        period_kind="day",
        is_shared=True,
    ),
)

HALLS: tuple[HallRecord, ...] = (
    HallRecord(
        slug="hall-1",
        name=T(vi="Sảnh 1, công nghệ và thiết bị", ko="제1전시장, 기술과 기기", en="Hall 1, technology"),
        width=3000,
        depth=2200,
        rows=(
            RowRecord(letter="A", count=8, type="wall", x=160, y=120, gap=40),
            RowRecord(letter="B", count=6, type="island", x=160, y=760, gap=0),
            RowRecord(letter="C", count=6, type="island", x=160, y=1060, gap=0),
            RowRecord(letter="D", count=6, type="wall", x=160, y=1720, gap=40),
        ),
        features=(
            FeatureRecord(
                kind="aisle",
                place=(160, 500, 2680, 160),
                name=T(
                    vi="Lối 1, sang hội trường chính",
                    ko="통로 1, 대회의장 방향",
                    en="Aisle 1, to the main hall",
                ),
            ),
            FeatureRecord(
                kind="aisle",
                place=(160, 1460, 2680, 160),
                name=T(vi="Lối 2, sang sảnh 2", ko="통로 2, 제2전시장 방향", en="Aisle 2, to hall 2"),
            ),
            FeatureRecord(kind="entrance", place=(2220, 2080, 620, 120)),
            FeatureRecord(kind="cafe", place=(2660, 760, 180, 600)),
            FeatureRecord(kind="first_aid", place=(2520, 1720, 320, 200)),
            FeatureRecord(kind="pillar", place=(2590, 780, 40, 40)),
            FeatureRecord(kind="pillar", place=(2590, 1300, 40, 40)),
        ),
    ),
    HallRecord(
        slug="hall-2",
        name=T(vi="Sảnh 2, khởi nghiệp", ko="제2전시장, 스타트업", en="Hall 2, start-ups"),
        width=2400,
        depth=1600,
        rows=(
            RowRecord(letter="E", count=7, type="table", x=160, y=120, gap=113),
            RowRecord(letter="S", count=2, type="demonstration", x=160, y=620, gap=1280),
            RowRecord(letter="F", count=5, type="table", x=160, y=1240, gap=270),
        ),
        features=(
            FeatureRecord(
                kind="stage",
                place=(760, 560, 880, 420),
                name=T(vi="Sân khấu giới thiệu sản phẩm", ko="제품 발표 무대", en="Stage for presentations"),
            ),
            FeatureRecord(kind="entrance", place=(900, 1490, 600, 110)),
        ),
    ),
)

# Kept free by organizers, with the reason.
BLOCKED: dict[str, str] = {"A8": "Lối thoát hiểm phía sau", "F5": "Bàn của ban tổ chức"}

EXTRAS: tuple[ExtraRecord, ...] = (
    ExtraRecord(
        slug="screen",
        name=T(vi="Màn hình 55 inch có chân", ko="55인치 스탠드 화면", en="55-inch screen on a stand"),
        description=T(
            vi="Cổng HDMI, cả kỳ triển lãm",
            ko="HDMI 입력, 전시 기간 전체",
            en="HDMI, for the whole exhibition",
        ),
        stock=20,
        prices={"VND": 3_000_000, "KRW": 165_000, "USD": 120},
    ),
    ExtraRecord(
        slug="power",
        name=T(vi="Thêm điện 3 kW", ko="추가 전기 3 kW", en="Additional power, 3 kW"),
        description=T(vi="Một ổ cắm 16 A", ko="16 A 콘센트 1개", en="One socket, 16 A"),
        stock=12,
        prices={"VND": 1_500_000, "KRW": 83_000, "USD": 60},
    ),
    ExtraRecord(
        slug="chair",
        name=T(vi="Thêm ghế", ko="추가 의자", en="Additional chair"),
        description=T(vi="Ghế tựa màu trắng", ko="흰색 등받이 의자", en="White, with a back"),
        stock=None,
        prices={"VND": 120_000, "KRW": 7_000, "USD": 5},
    ),
)
