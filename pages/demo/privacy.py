"""What registrants agree to: the sentence beside the consent box and the notice it points to."""

from pages.demo.records import Passage, T

CONSENT = T(
    vi="""
        Tôi đồng ý để ban tổ chức sử dụng thông tin trong mẫu này cho việc tổ chức diễn đàn và cho việc
        tham dự của tôi.
    """,
    ko="""
        포럼 운영과 본인의 참가를 위하여 사무국이 이 양식에 적은 개인정보를
        수집·이용하는 데 동의합니다.
    """,
    en="""
        I agree that the organizers use the information in this form to run the forum and for my
        attendance.
    """,
)

PRIVACY_NOTICE: tuple[Passage, ...] = (
    Passage(
        key="who",
        heading=T(
            vi="Ai giữ dữ liệu của bạn",
            ko="개인정보 처리자",
            en="Who holds your data",
        ),
        body=T(
            vi="""
                Ban tổ chức diễn đàn, thuộc đơn vị chủ trì phía Việt Nam. Mọi câu hỏi về dữ liệu cá
                nhân xin gửi đến contact@forum.example.
            """,
            ko="""
                베트남 측 주관 기관의 포럼 사무국이 개인정보를 처리합니다. 개인정보에
                관한 문의는 contact@forum.example로 보내 주시기 바랍니다.
            """,
            en="""
                The forum's organizing office on the Vietnamese side. Questions about personal data
                go to contact@forum.example.
            """,
        ),
    ),
    Passage(
        key="what",
        heading=T(
            vi="Dữ liệu nào",
            ko="수집하는 항목",
            en="Which data",
        ),
        body=T(
            vi="""
                Họ tên, chức vụ, địa chỉ thư điện tử, đơn vị, nước, tư cách tham dự và ngôn ngữ bạn
                chọn; các câu trả lời khác trong mẫu; thời điểm bạn đồng ý, rút lại và nội dung đã đồng
                ý; các thư đã gửi cho bạn; thời điểm bạn vào và ra các cửa; các giấy chứng nhận. Nhu cầu
                ăn uống và hỗ trợ đi lại chỉ được ghi nếu bạn tự nêu.
            """,
            ko="""
                성명, 직위, 전자우편 주소, 소속, 국가, 참가 유형, 선택한 언어와
                양식의 다른 답변을 수집합니다. 동의하고 철회한 시각과 그 문구, 보내
                드린 메일, 출입 시각, 발급한 증명서도 기록합니다. 식사와 이동 지원에
                관한 사항은 직접 적으신 경우에만 기록합니다.
            """,
            en="""
                Your name, position, e-mail address, organization, country, kind of attendance and
                the language you chose; your other answers in the form; when you agreed to which
                words, and took it back; the mails sent to you; when you went through which door; your
                certificates. What you need to eat or to come in is kept only if you tell us.
            """,
        ),
    ),
    Passage(
        key="purpose",
        heading=T(
            vi="Dùng vào việc gì",
            ko="수집·이용 목적",
            en="What it is for",
        ),
        body=T(
            vi="""
                Để giữ chỗ, gửi thư xác nhận và thư báo thay đổi, đón bạn tại cửa và thống kê số
                người tham dự, cấp giấy chứng nhận. Chúng tôi không bán dữ liệu, không dùng để quảng
                cáo. Đơn vị triển lãm và những người tham dự khác chỉ nhận được gì khi bạn đã đồng ý
                riêng cho việc đó.
            """,
            ko="""
                자리 확보, 확인 및 변경 안내 메일 발송, 현장 등록, 참가자 수
                집계, 증명서 발급에 이용합니다. 개인정보를 판매하거나 광고에 쓰지
                않습니다. 전시 업체와 다른 참가자에게는 따로 동의하신 경우에만
                제공합니다.
            """,
            en="""
                To keep a place for you, to write to you about your registration and about changes,
                to receive you at the door, to count attendance and to issue certificates. We do not
                sell it and do not use it for advertising. Exhibitors and other participants get
                something only if you agreed to that apart.
            """,
        ),
    ),
    Passage(
        key="period",
        heading=T(
            vi="Giữ bao lâu",
            ko="보유 및 이용 기간",
            en="How long it is kept",
        ),
        body=T(
            vi="""
                Không quá 12 tháng sau ngày cuối của diễn đàn. Sau đó ban tổ chức xoá dữ liệu, chỉ
                giữ lại các con số không gắn với người nào. Đăng ký đã huỷ cũng theo thời hạn này. Tên
                trên giấy chứng nhận được giữ năm năm để có thể kiểm tra, trừ khi bạn yêu cầu xoá.
            """,
            ko="""
                포럼 마지막 날부터 최대 12개월 동안 보유합니다. 그 뒤에는 사무국이
                삭제하며, 개인을 알아볼 수 없는 통계만 남깁니다. 취소한 등록도
                같은 기간을 따릅니다. 증명서의 이름은 진위를 확인할 수 있도록 5년 동안
                보유하며, 요청하시면 바로 지웁니다.
            """,
            en="""
                At most 12 months after the last day of the forum. Then the organizers delete it and
                keep only figures that point to nobody. The same holds for cancelled registrations.
                Names on certificates are kept for five years, so that they can be checked, unless you
                have yours taken off.
            """,
        ),
    ),
    Passage(
        key="rights",
        heading=T(
            vi="Quyền của bạn",
            ko="정보 주체의 권리",
            en="Your rights",
        ),
        body=T(
            vi="""
                Bằng liên kết riêng trong thư xác nhận, bạn có thể xem, sửa thông tin, huỷ đăng ký, rút
                lại từng sự đồng ý, tải về mọi dữ liệu về bạn và yêu cầu xoá. Bạn cũng có thể viết thư
                cho ban tổ chức.
            """,
            ko="""
                확인 메일의 개인 링크에서 정보를 열람·수정하고, 등록을 취소하고,
                동의를 하나씩 철회하고, 보관된 정보 전체를 내려받고, 삭제할 수
                있습니다. 사무국에 메일로 요청하셔도 됩니다.
            """,
            en="""
                Through the private link in your confirmation mail you can see and correct your
                details, cancel, take back each consent, take along everything that is kept about you
                and have it erased. You may write to the organizers as well.
            """,
        ),
    ),
    Passage(
        key="refusal",
        heading=T(
            vi="Nếu bạn không đồng ý",
            ko="동의를 거부할 권리",
            en="If you do not agree",
        ),
        body=T(
            vi="""
                Bạn có quyền từ chối. Khi đó chúng tôi không thể giữ chỗ và gửi thư cho bạn, nhưng
                bạn vẫn đọc được toàn bộ chương trình trên trang này.
            """,
            ko="""
                동의를 거부할 권리가 있습니다. 동의하지 않으시면 자리를 확보하고
                메일을 보내 드릴 수 없으나, 누리집의 프로그램은 모두 보실 수
                있습니다.
            """,
            en="""
                You may refuse. We can then neither keep a place for you nor write to you, but the
                whole programme on this site stays open to you.
            """,
        ),
    ),
)
