"""Practical information as questions and answers; it promises only what the site does today."""

from pages.demo.records import Passage, T

QUESTIONS: tuple[Passage, ...] = (
    Passage(
        key="languages",
        heading=T(
            vi="Diễn đàn dùng những ngôn ngữ nào?",
            ko="포럼에서는 어떤 언어를 사용합니까?",
            en="Which languages are used?",
        ),
        body=T(
            vi="""
                Tiếng Việt, tiếng Hàn và tiếng Anh. Mỗi phiên ghi rõ diễn giả nói tiếng gì và có
                phiên dịch sang tiếng nào. Tai nghe được phát tại quầy cạnh cửa hội trường.
            """,
            ko="""
                베트남어, 한국어, 영어를 사용합니다. 세션마다 발표 언어와 통역 언어를
                표시하였습니다. 통역 수신기는 회의장 입구 옆 데스크에서
                나누어 드립니다.
            """,
            en="""
                Vietnamese, Korean and English. Each session says in which language it is held and
                into which it is interpreted. Headsets are handed out beside the hall's entrance.
            """,
        ),
    ),
    Passage(
        key="registration",
        heading=T(
            vi="Đăng ký có mất phí không, và sửa đăng ký ở đâu?",
            ko="참가비가 있습니까? 등록 내용은 어디에서 고칩니까?",
            en="Does registration cost anything, and where do I change it?",
        ),
        body=T(
            vi="""
                Tham dự miễn phí. Thư xác nhận có mã QR, lịch và một liên kết riêng; qua liên kết ấy
                bạn có thể sửa thông tin hoặc huỷ đăng ký. Xin đừng chuyển liên kết cho người khác.
            """,
            ko="""
                참가비는 없습니다. 확인 메일에는 QR 코드와 일정, 개인 링크가 들어
                있으며, 이 링크에서 정보를 고치거나 등록을 취소할 수 있습니다.
                링크를 다른 사람에게 알려 주지 마시기 바랍니다.
            """,
            en="""
                Attendance is free. The confirmation mail carries a QR code, a calendar entry and a
                private link, through which you can correct your details or cancel. Please do not
                pass the link on.
            """,
        ),
    ),
    Passage(
        key="accessibility",
        heading=T(
            vi="Người dùng xe lăn, người nghe kém hoặc nhìn kém có tham dự được không?",
            ko="휠체어 이용자나 청각·시각 장애인도 참석할 수 있습니까?",
            en="Can I attend with a wheelchair, or if I hear or see poorly?",
        ),
        body=T(
            vi="""
                Được. Lối vào phía nam không có bậc, có thang máy, và hàng ghế đầu của hội trường
                chính dành chỗ cho xe lăn. Nếu cần hỗ trợ thêm, xin viết thư cho ban tổ chức trước
                diễn đàn một tuần.
            """,
            ko="""
                네, 참석하실 수 있습니다. 남문에는 턱이 없고 승강기가 있으며,
                대회의장 맨 앞줄에 휠체어 자리를 마련하였습니다. 그 밖의 지원이
                필요하시면 포럼 일주일 전까지 사무국에 메일을 보내 주십시오.
            """,
            en="""
                Yes. The south entrance has no steps, there is a lift, and wheelchair places are
                kept in the front row of the main hall. If you need anything else, please write to
                the organizers a week before the forum.
            """,
        ),
    ),
    Passage(
        key="wifi",
        heading=T(
            vi="Có Wi-Fi không?",
            ko="와이파이를 이용할 수 있습니까?",
            en="Is there Wi-Fi?",
        ),
        body=T(
            vi="""
                Có, miễn phí trong toàn bộ toà nhà. Tên mạng và mật khẩu được ghi tại quầy đón tiếp
                và ở cửa mỗi phòng.
            """,
            ko="""
                건물 전체에서 무료로 이용하실 수 있습니다. 네트워크 이름과 비밀번호는
                등록 데스크와 각 회의실 입구에 게시합니다.
            """,
            en="""
                Yes, free of charge in the whole building. The name of the network and the password
                are posted at the registration desk and at the door of each room.
            """,
        ),
    ),
    Passage(
        key="certificates",
        heading=T(
            vi="Tôi có được cấp giấy chứng nhận tham dự không?",
            ko="참가 확인서를 받을 수 있습니까?",
            en="Do I get a certificate of attendance?",
        ),
        body=T(
            vi="""
                Có. Ai đã vào cửa ít nhất một lần thì được cấp giấy chứng nhận tham dự; ai dự đủ thời
                gian các phiên có tín chỉ CME thì được cấp thêm giấy chứng nhận CME. Sau diễn đàn,
                chúng tôi gửi thư kèm liên kết tải tệp PDF bằng ba thứ tiếng. Thư xác nhận đăng ký
                không thay cho giấy chứng nhận.
            """,
            ko="""
                예. 행사장에 한 번 이상 입장하신 분께 참가 확인서를 발급합니다.
                CME 학점이 있는 세션에 정해진 시간 이상 참석하신 분께는 CME
                이수증도 발급합니다. 포럼이 끝난 뒤 세 언어의 PDF를 내려받을 수
                있는 링크를 메일로 보내 드립니다. 등록 확인 메일은 참가 확인서를
                대신하지 않습니다.
            """,
            en="""
                Yes. Whoever came in at least once gets a certificate of attendance, and whoever was
                long enough in sessions with CME credits also gets one of those. After the forum we
                send you a mail with the link to the PDF, in three languages. The confirmation of
                your registration is not proof that you attended.
            """,
        ),
    ),
    Passage(
        key="visa",
        heading=T(
            vi="Khách từ nước ngoài có cần thị thực không?",
            ko="해외 참가자는 비자가 필요합니까?",
            en="Do guests from abroad need a visa?",
        ),
        body=T(
            vi="""
                Tuỳ theo quốc tịch và thời gian lưu trú. Xin kiểm tra với cơ quan đại diện ngoại
                giao Việt Nam tại nước mình trước khi đặt vé; nếu cần thư mời, xin viết thư cho ban
                tổ chức.
            """,
            ko="""
                국적과 체류 기간에 따라 다릅니다. 항공권을 예약하기 전에 주재국의
                베트남 대사관이나 총영사관에 확인하시기 바랍니다. 초청장이
                필요하시면 사무국에 메일을 보내 주십시오.
            """,
            en="""
                That depends on your nationality and the length of your stay. Please ask the
                Vietnamese embassy or consulate in your country before you book; if you need a
                letter of invitation, write to the organizers.
            """,
        ),
    ),
    Passage(
        key="meals",
        heading=T(
            vi="Bữa ăn được chuẩn bị thế nào?",
            ko="식사는 어떻게 제공됩니까?",
            en="What about meals?",
        ),
        body=T(
            vi="""
                Bữa trưa tự chọn và trà, cà phê giữa giờ được phục vụ miễn phí cho người đã đăng ký.
                Có món chay và món không thịt heo; tên món ghi bằng ba thứ tiếng, kèm các thành phần
                dễ gây dị ứng.
            """,
            ko="""
                등록하신 분께 뷔페식 점심과 휴식 시간의 차·커피를 무료로 제공합니다.
                채식과 돼지고기를 쓰지 않은 음식이 있으며, 음식 이름과 알레르기
                유발 재료를 세 언어로 표시합니다.
            """,
            en="""
                A buffet lunch, tea and coffee are free for everybody who has registered. There are
                vegetarian and pork-free dishes; names and common allergens are given in the three
                languages.
            """,
        ),
    ),
    Passage(
        key="dress",
        heading=T(
            vi="Trang phục như thế nào là phù hợp?",
            ko="복장 규정이 있습니까?",
            en="What should I wear?",
        ),
        body=T(
            vi="""
                Trang phục công sở; áo dài và hanbok luôn được chào đón. Hội trường có điều hoà, nên
                mang theo áo khoác mỏng.
            """,
            ko="""
                비즈니스 정장 또는 단정한 차림을 권하며, 아오자이와 한복도 환영합니다.
                회의장에는 냉방이 되므로 얇은 겉옷을 준비하시면 좋습니다.
            """,
            en="""
                Business dress; áo dài and hanbok are always welcome. The halls are air-conditioned,
                so a light jacket is a good idea.
            """,
        ),
    ),
    Passage(
        key="contact",
        heading=T(
            vi="Tôi hỏi thêm ở đâu?",
            ko="문의는 어디로 하면 됩니까?",
            en="Whom do I ask?",
        ),
        body=T(
            vi="""
                Xin viết thư đến contact@forum.example bằng tiếng Việt, tiếng Hàn hoặc tiếng Anh.
                Trong những ngày diễn ra diễn đàn, quầy đón tiếp ở sảnh chính sẵn sàng giải đáp.
            """,
            ko="""
                contact@forum.example로 한국어, 베트남어, 영어 가운데 편한 언어로
                메일을 보내 주십시오. 행사 기간에는 1층 로비의 등록 데스크에서
                안내해 드립니다.
            """,
            en="""
                Write to contact@forum.example in Vietnamese, Korean or English. During the forum,
                the registration desk in the main foyer will help.
            """,
        ),
    ),
)
