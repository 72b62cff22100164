"""The people from Vietnam: Deputy Minister Bùi Thế Duy is real, everybody else is invented."""

from pages.demo.records import SpeakerRecord, T

SPEAKERS_VIETNAM: tuple[SpeakerRecord, ...] = (
    SpeakerRecord(
        slug="bui-the-duy",
        name="Bùi Thế Duy",
        latin_name="Bui The Duy",
        hangul_name="부이 테 주이",
        country="VN",
        organization="most-vietnam",
        position=T(vi="Thứ trưởng", ko="차관", en="Deputy Minister"),
        biography=T(
            vi="""
                Thứ trưởng Bộ Khoa học và Công nghệ Việt Nam, phát biểu khai mạc diễn đàn. Bài phát
                biểu nói về những gì AI và dữ liệu lớn có thể mang lại cho bác sĩ, và về chiến lược
                AI của Việt Nam đến năm 2030.
            """,
            ko="""
                베트남 과학기술부 차관으로, 이번 포럼에서 개회사를 합니다.
                AI와 빅데이터가 의사에게 어떤 도움이 되는지, 그리고 2030년까지
                이어지는 베트남의 인공지능 국가전략을 이야기합니다.
            """,
            en="""
                Deputy Minister of Science and Technology of Vietnam; gives one of the two opening
                addresses. He speaks about what AI and big data can do for doctors, and about
                Vietnam's AI strategy to 2030.
            """,
        ),
        is_demo=False,
    ),
    SpeakerRecord(
        slug="nguyen-minh-hoa",
        name="Nguyễn Minh Hoạ",
        latin_name="Nguyen Minh Hoa",
        hangul_name="응우옌 민 호아",
        country="VN",
        organization="hanoi-medical-university-hospital",
        position=T(vi="Trưởng nhóm y tế số", ko="디지털 헬스 팀장", en="Head of digital health"),
        biography=T(
            vi="""
                Bác sĩ nội khoa, phụ trách việc đưa hồ sơ bệnh án và quy trình khám lên môi trường
                số. Điều bà quan tâm nhất là phần mềm có thật sự trả lại cho bác sĩ thời gian ở
                bên người bệnh hay không.
            """,
            ko="""
                내과 의사로서 진료 기록과 진료 절차의 디지털 전환을 맡고 있습니다.
                소프트웨어가 의사에게 환자 곁에 있을 시간을 실제로 돌려주는지를
                가장 중요하게 봅니다.
            """,
            en="""
                A physician of internal medicine who leads the move of records and clinic routines
                to digital form. What matters most to her is whether software really gives doctors
                back time with their patients.
            """,
        ),
    ),
    SpeakerRecord(
        slug="le-van-mau",
        name="Lê Văn Mẫu",
        latin_name="Le Van Mau",
        hangul_name="레 반 머우",
        country="VN",
        organization="national-cancer-institute",
        position=T(
            vi="Phụ trách chương trình chăm sóc từ xa",
            ko="원격 관리 프로그램 책임자",
            en="Lead, follow-up care at a distance",
        ),
        biography=T(
            vi="""
                Bác sĩ ung bướu, theo dõi người bệnh ung thư tuyến giáp sau điều trị. Ông cùng đồng
                nghiệp tìm cách để một lần tái khám ngắn không còn là một chuyến đi cả ngày.
            """,
            ko="""
                종양내과 의사로, 치료를 마친 갑상선암 환자의 추적 관리를 맡고
                있습니다. 짧은 재진을 위해 하루를 꼬박 들여 오가야 하는 일을
                줄이는 방법을 동료들과 찾고 있습니다.
            """,
            en="""
                An oncologist who follows thyroid cancer patients after treatment. With his
                colleagues he looks for ways in which a short check-up need no longer cost a whole
                day's journey.
            """,
        ),
    ),
    SpeakerRecord(
        slug="tran-thi-vi-du",
        name="Trần Thị Ví Dụ",
        latin_name="Tran Thi Vi Du",
        hangul_name="쩐 티 비주",
        country="VN",
        organization="minh-hoa-hospital",
        position=T(vi="Trưởng khoa Chẩn đoán hình ảnh", ko="영상의학과장", en="Head of radiology"),
        biography=T(
            vi="""
                Bác sĩ chẩn đoán hình ảnh, xây dựng quy trình ẩn danh và gắn nhãn ảnh dùng cho
                nghiên cứu nhiều bệnh viện. Bà hướng dẫn bác sĩ trẻ cách đọc kết quả của máy một
                cách thận trọng.
            """,
            ko="""
                영상의학과 전문의로, 여러 병원이 함께하는 연구에 쓸 영상의
                익명화와 라벨링 절차를 만들고 있습니다. 젊은 의사들에게 AI 판독
                결과를 신중하게 읽는 법을 가르칩니다.
            """,
            en="""
                A radiologist who builds the routines by which images are anonymized and labelled
                for studies across hospitals. She teaches young doctors to read a machine's answer
                with care.
            """,
        ),
    ),
    SpeakerRecord(
        slug="pham-thu-nghiem",
        name="Phạm Thử Nghiệm",
        latin_name="Pham Thu Nghiem",
        hangul_name="팜 트 응이엠",
        country="VN",
        organization="nguyen-mau-general-hospital",
        position=T(
            vi="Phó Giám đốc phụ trách công nghệ thông tin",
            ko="정보기술 담당 부원장",
            en="Deputy director for information technology",
        ),
        biography=T(
            vi="""
                Phụ trách hệ thống thông tin của một bệnh viện tuyến tỉnh và việc kết nối với các
                trạm y tế. Ông chủ trương thống nhất định dạng dữ liệu trước, mua phần mềm sau.
            """,
            ko="""
                지방 종합병원의 정보 시스템과 보건소 연계를 책임지고 있습니다.
                소프트웨어 도입보다 데이터 형식의 통일이 먼저라는 원칙을
                지켜 왔습니다.
            """,
            en="""
                Responsible for the information systems of a provincial hospital and for its links
                with local health stations. His rule is to agree on data formats first and to buy
                software afterwards.
            """,
        ),
    ),
    SpeakerRecord(
        slug="vu-gia-thiet",
        name="Vũ Giả Thiết",
        latin_name="Vu Gia Thiet",
        hangul_name="부 자 티엣",
        country="VN",
        organization="thi-du-university",
        position=T(
            vi="Phó Giáo sư, Khoa Tin học y sinh",
            ko="의생명정보학과 부교수",
            en="Associate Professor of biomedical informatics",
        ),
        biography=T(
            vi="""
                Nghiên cứu phương pháp huấn luyện mô hình khi dữ liệu phải ở lại từng bệnh viện. Ông
                điều phối các nhóm sinh viên và bác sĩ cùng viết đề cương nghiên cứu.
            """,
            ko="""
                데이터를 병원 밖으로 내보내지 않고 AI 모델을 학습시키는 방법을
                연구합니다. 학생과 의사가 함께 연구계획서를 작성하는 모임을
                이끌고 있습니다.
            """,
            en="""
                Studies how models can be trained when the data must stay in each hospital. He
                brings students and doctors together to write research proposals.
            """,
        ),
    ),
    SpeakerRecord(
        slug="dang-thi-phac-thao",
        name="Đặng Thị Phác Thảo",
        latin_name="Dang Thi Phac Thao",
        hangul_name="당 티 팍 타오",
        country="VN",
        organization="minh-hoa-hospital",
        position=T(vi="Trưởng đơn vị Sàng lọc ung thư", ko="암 검진센터장", en="Head of cancer screening"),
        biography=T(
            vi="""
                Tổ chức các đợt sàng lọc ung thư vú và đại trực tràng cho người dân vùng xa. Bà quan
                tâm đến những người được hẹn làm thêm xét nghiệm nhưng không quay lại.
            """,
            ko="""
                먼 지역 주민을 위한 유방암·대장암 검진을 기획하고 운영합니다.
                추가 검사를 권유받고도 다시 오지 않는 사람들을 어떻게 도울지에
                관심을 두고 있습니다.
            """,
            en="""
                Organizes breast and bowel cancer screening for people in remote districts. Her
                concern is those who are asked back for a further test and do not come.
            """,
        ),
    ),
    SpeakerRecord(
        slug="do-mo-phong",
        name="Đỗ Mô Phỏng",
        latin_name="Do Mo Phong",
        hangul_name="도 모 퐁",
        country="VN",
        organization="thi-du-university",
        position=T(
            vi="Giảng viên chính, Khoa Tương tác người – máy",
            ko="휴먼컴퓨터인터랙션학과 선임강사",
            en="Senior lecturer in human–computer interaction",
        ),
        biography=T(
            vi="""
                Nghiên cứu cách người cao tuổi trò chuyện với máy bằng tiếng Việt nhiều vùng miền.
                Nhóm của ông thử nghiệm giao diện ngay tại phòng chờ khám.
            """,
            ko="""
                고령자가 여러 지역의 베트남어로 기계와 대화하는 방식을
                연구합니다. 연구팀은 진료 대기실에서 직접 사용자 시험을 합니다.
            """,
            en="""
                Studies how older people talk with machines in the many accents of Vietnamese. His
                group tries its interfaces where they will be used, in the waiting room.
            """,
        ),
    ),
    SpeakerRecord(
        slug="ngo-thi-tuong-trung",
        name="Ngô Thị Tượng Trưng",
        latin_name="Ngo Thi Tuong Trung",
        hangul_name="응오 티 뜨엉 쯩",
        country="VN",
        organization="thi-du-university",
        position=T(vi="Người dẫn chương trình", ko="사회자", en="Master of ceremonies"),
        biography=T(
            vi="""
                Giảng viên truyền thông sức khoẻ, dẫn chương trình các hội nghị y khoa bằng tiếng
                Việt và tiếng Anh. Chị giúp diễn giả nói sao cho người ngoài ngành cũng hiểu.
            """,
            ko="""
                보건 커뮤니케이션을 가르치며 베트남어와 영어로 의학 학술행사의
                사회를 맡아 왔습니다. 연사들이 비전문가도 이해할 수 있게
                말하도록 돕습니다.
            """,
            en="""
                Teaches health communication and hosts medical conferences in Vietnamese and
                English. She helps speakers to be understood outside their own field.
            """,
        ),
    ),
    SpeakerRecord(
        slug="dinh-nguyen-mau",
        name="Đinh Nguyên Mẫu",
        latin_name="Dinh Nguyen Mau",
        hangul_name="딘 응우옌 머우",
        country="VN",
        organization="vi-du-health",
        position=T(vi="Giám đốc điều hành", ko="대표이사", en="Chief Executive"),
        biography=T(
            vi="""
                Kỹ sư phần mềm, sáng lập một doanh nghiệp làm hệ thống đặt lịch khám cho bệnh viện.
                Ông thường điều phối các buổi giới thiệu sản phẩm và luôn hỏi trước tiên: ai sẽ dùng?
            """,
            ko="""
                소프트웨어 엔지니어 출신으로, 병원 진료 예약 시스템을 만드는
                기업을 세웠습니다. 제품 시연회의 진행을 자주 맡으며 ‘누가 쓸
                것인가’를 가장 먼저 묻습니다.
            """,
            en="""
                A software engineer who founded a company for hospital appointment systems. He often
                moderates product demonstrations, and his first question is always who will use it.
            """,
        ),
    ),
    SpeakerRecord(
        slug="trinh-thi-an-du",
        name="Trịnh Thị Ẩn Dụ",
        latin_name="Trinh Thi An Du",
        hangul_name="찐 티 언 주",
        country="VN",
        organization="khai-niem-institute",
        position=T(vi="Trưởng phòng Đánh giá mô hình", ko="AI 모델 평가실장", en="Head of model evaluation"),
        biography=T(
            vi="""
                Chuyên gia thống kê y học, đánh giá xem mô hình AI có giữ được độ chính xác khi
                chuyển sang bệnh viện khác hay không. Bà tham gia hội đồng đạo đức nghiên cứu y sinh
                của viện.
            """,
            ko="""
                의학통계 전문가로, AI 모델이 다른 병원에서도 정확도를 유지하는지
                평가합니다. 연구소의 의생명연구윤리위원회 위원으로도 활동하고
                있습니다.
            """,
            en="""
                A medical statistician who examines whether an AI model stays accurate when it moves
                to another hospital. She sits on her institute's ethics committee for biomedical
                research.
            """,
        ),
    ),
    SpeakerRecord(
        slug="cao-gia-lap",
        name="Cao Giả Lập",
        latin_name="Cao Gia Lap",
        hangul_name="까오 자 럽",
        country="VN",
        organization="thu-nghiem-lab",
        position=T(vi="Giám đốc sản phẩm", ko="제품 총괄", en="Head of product"),
        biography=T(
            vi="""
                Phát triển phần mềm hỗ trợ đọc ảnh X-quang ngực cho phòng khám tuyến huyện. Ông tìm
                bệnh viện đối tác để kiểm định sản phẩm trên dữ liệu mới.
            """,
            ko="""
                지역 의원을 위한 흉부 X선 판독 보조 소프트웨어를 개발합니다.
                새로운 데이터로 제품을 함께 검증할 협력 병원을 찾고 있습니다.
            """,
            en="""
                Develops software that helps district clinics to read chest X-rays. He is looking
                for partner hospitals with which to test it on data it has not seen.
            """,
        ),
    ),
    SpeakerRecord(
        slug="ho-thi-hinh-dung",
        name="Hồ Thị Hình Dung",
        latin_name="Ho Thi Hinh Dung",
        hangul_name="호 티 힌 중",
        country="VN",
        organization="mau-suc-khoe",
        position=T(vi="Giám đốc y khoa", ko="의학 총괄 이사", en="Medical Director"),
        biography=T(
            vi="""
                Bác sĩ y học gia đình, thiết kế ứng dụng nhắc thuốc và theo dõi đường huyết cho
                người bệnh đái tháo đường. Chị tin rằng một ứng dụng tốt là ứng dụng ít làm phiền
                người dùng nhất.
            """,
            ko="""
                가정의학과 의사로, 당뇨병 환자를 위한 복약 알림과 혈당 관리 앱을
                설계합니다. 사용자를 가장 적게 방해하는 앱이 좋은 앱이라고
                믿습니다.
            """,
            en="""
                A family doctor who designs an app for medication reminders and blood sugar records
                of people with diabetes. She believes that a good app is the one that disturbs least.
            """,
        ),
    ),
    SpeakerRecord(
        slug="phan-mo-hinh",
        name="Phan Mô Hình",
        latin_name="Phan Mo Hinh",
        hangul_name="판 모 힌",
        country="VN",
        organization="vi-du-health",
        position=T(vi="Giám đốc kỹ thuật", ko="기술이사", en="Chief Technology Officer"),
        biography=T(
            vi="""
                Xây dựng hệ thống phân luồng và nhắc lịch tái khám bằng tiếng Việt. Trước đó ông có
                nhiều năm vận hành máy chủ cho các bệnh viện.
            """,
            ko="""
                환자를 알맞은 진료과로 안내하고 재진 일정을 베트남어로 알려 주는
                시스템을 개발합니다. 그 전에는 여러 해 동안 병원 전산 서버를
                운영하였습니다.
            """,
            en="""
                Builds a system that directs patients to the right clinic and reminds them of
                check-ups in Vietnamese. Before that he ran servers for hospitals for many years.
            """,
        ),
    ),
    SpeakerRecord(
        slug="ta-thi-khai-niem",
        name="Tạ Thị Khái Niệm",
        latin_name="Ta Thi Khai Niem",
        hangul_name="따 티 카이 니엠",
        country="VN",
        organization="khai-niem-institute",
        position=T(vi="Viện phó", ko="부소장", en="Deputy Director"),
        biography=T(
            vi="""
                Phụ trách hợp tác quốc tế và các thoả thuận dùng chung dữ liệu. Bà từng soạn nhiều
                mẫu phiếu đồng ý để người bệnh đọc một lần là hiểu.
            """,
            ko="""
                국제 협력과 데이터 공동 활용 협약을 담당합니다. 환자가 한 번
                읽으면 이해할 수 있는 동의서 양식을 만들어 왔습니다.
            """,
            en="""
                In charge of international cooperation and of agreements on sharing data. She has
                drafted many consent forms that a patient understands at the first reading.
            """,
        ),
    ),
)
