"""The venue and its four rooms; the real forum's hall is not known, so all of it is invented."""

from pages.demo.records import RoomRecord, T, VenueRecord, WalkRecord

VENUE = VenueRecord(
    slug="mau-convention-centre",
    name=T(
        vi="Trung tâm Hội nghị Mẫu",
        ko="머우 컨벤션센터",
        en="Mẫu Convention Centre",
    ),
    address=T(
        vi="Số 1 phố Ví Dụ, Hà Nội, Việt Nam",
        ko="베트남 하노이시 비주 거리 1",
        en="1 Ví Dụ Street, Hanoi, Vietnam",
    ),
    city=T(vi="Hà Nội", ko="하노이", en="Hanoi"),
    country="VN",
    walking_minutes=3,
    description=T(
        vi="""
            Toàn bộ diễn đàn diễn ra trong một toà nhà. Hội trường chính và khu triển lãm nằm cạnh
            nhau ở tầng 1; phòng chuyên đề và phòng thực hành ở tầng 2, đi bộ chừng ba phút.
        """,
        ko="""
            포럼의 모든 행사는 한 건물에서 열립니다. 대회의장과 전시·상담장은
            1층에 나란히 있고, 분과 회의실과 워크숍실은 2층에 있으며
            걸어서 3분 정도 걸립니다.
        """,
        en="""
            The whole forum takes place in one building. The main hall and the exhibition area are
            side by side on level 1; the seminar room and the workshop room are on level 2, about
            three minutes' walk away.
        """,
    ),
    directions=T(
        vi="""
            Từ sân bay Nội Bài, đi taxi hoặc xe buýt vào trung tâm Hà Nội; nên dành khoảng một giờ,
            giờ cao điểm lâu hơn. Khách vào toà nhà bằng cửa phía nam; xe chở hàng triển lãm vào
            bằng cửa phía đông.

            Quầy đón tiếp ở sảnh chính, ngay sau cửa phía nam. Hãy mở sẵn mã QR trên điện thoại
            hoặc mang theo bản in.
        """,
        ko="""
            노이바이 국제공항에서는 택시나 버스를 타고 하노이 시내로 오십시오.
            약 1시간이 걸리며 출퇴근 시간에는 더 걸릴 수 있습니다.
            참가자는 남문으로, 전시 물품 차량은 동문으로 들어오십시오.

            등록 데스크는 남문 안쪽 1층 로비에 있습니다. QR 코드를 휴대전화
            화면에 띄우거나 출력해 오시면 됩니다.
        """,
        en="""
            From Nội Bài airport, take a taxi or a bus into central Hanoi; allow about an hour, more
            in the rush hours. Visitors enter by the south door, lorries with exhibition goods by
            the east door.

            The registration desk is in the main foyer, just inside the south door. Have your QR
            code ready on your phone or on paper.
        """,
    ),
    accessibility=T(
        vi="""
            Lối vào phía nam không có bậc, thang máy lên tầng 2 rộng đủ cho xe lăn, mỗi tầng có nhà
            vệ sinh tiếp cận được. Hàng ghế đầu của hội trường chính dành chỗ cho xe lăn.
        """,
        ko="""
            남문 출입구에는 턱이 없고, 2층으로 가는 승강기는 휠체어가 들어갈 수
            있으며, 층마다 장애인 화장실이 있습니다. 대회의장 맨 앞줄에 휠체어
            자리를 마련했습니다.
        """,
        en="""
            The south entrance has no steps, the lift to level 2 takes a wheelchair, and each level
            has an accessible toilet. Wheelchair places are kept in the front row of the main hall.
        """,
    ),
    is_demo=True,
)

ROOMS: tuple[RoomRecord, ...] = (
    RoomRecord(
        slug="main-hall",
        name=T(vi="Hội trường chính", ko="대회의장", en="Main hall"),
        floor=T(vi="Tầng 1", ko="1층", en="Level 1"),
        capacity=600,
        booths=3,
    ),
    RoomRecord(
        slug="seminar-room",
        name=T(vi="Phòng chuyên đề", ko="분과 회의실", en="Seminar room"),
        floor=T(vi="Tầng 2", ko="2층", en="Level 2"),
        capacity=120,
        booths=2,
    ),
    RoomRecord(
        slug="workshop-room",
        name=T(vi="Phòng thực hành", ko="워크숍실", en="Workshop room"),
        floor=T(vi="Tầng 2", ko="2층", en="Level 2"),
        capacity=80,
        booths=2,
    ),
    RoomRecord(
        slug="exhibition-area",
        name=T(vi="Khu triển lãm, B2B", ko="전시·상담장", en="Exhibition and B2B area"),
        floor=T(vi="Tầng 1", ko="1층", en="Level 1"),
        capacity=400,
        booths=1,
    ),
)

WALKS: tuple[WalkRecord, ...] = (
    WalkRecord(rooms=("main-hall", "exhibition-area"), minutes=1),
    WalkRecord(rooms=("seminar-room", "workshop-room"), minutes=1),
)
