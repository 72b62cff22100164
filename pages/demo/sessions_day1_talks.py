"""The forum day's five talks in the main hall (their subjects are facts, their speakers invented)."""

from pages.demo.records import Part, SessionRecord, T

SESSIONS_DAY1_TALKS: tuple[SessionRecord, ...] = (
    SessionRecord(
        slug="hanoi-medical-university-hospital",
        day=0,
        start="10:15",
        end="11:00",
        room="main-hall",
        kind="talk",
        title=T(
            vi="""
                Bệnh viện Đại học Y Hà Nội: định hướng y tế số và nghiên cứu chung về AI cho người
                bệnh đái tháo đường, ung thư
            """,
            ko="하노이의과대학병원의 디지털 헬스와 당뇨병·암 환자를 위한 공동 AI 연구",
            en="""
                Hanoi Medical University Hospital: digital health, and joint AI research for
                diabetes and cancer patients
            """,
        ),
        abstract=T(
            vi="""
                Báo cáo trình bày định hướng y tế số của Bệnh viện Đại học Y Hà Nội và những nghiên
                cứu chung với phía Hàn Quốc về AI trong chăm sóc người bệnh đái tháo đường và ung
                thư.

                Hai nhóm bệnh này đều cần theo dõi lâu dài, với nhiều dữ liệu rải rác ở phòng khám,
                phòng xét nghiệm và tại nhà người bệnh. Diễn giả bàn về cách gom các dữ liệu ấy một
                cách an toàn, về chỗ thuật toán có thể giúp bác sĩ, và về những quyết định vẫn phải
                thuộc về con người.
            """,
            ko="""
                하노이의과대학병원의 디지털 헬스 추진 방향을 소개하고, 당뇨병과
                암 환자 진료를 위해 한국과 함께하는 AI 공동 연구를 설명합니다.

                두 질환은 모두 오랜 기간의 관리가 필요하며, 데이터는 진료실과
                검사실, 환자의 집에 흩어져 있습니다. 이 데이터를 안전하게 모으는
                방법, 알고리즘이 의사를 도울 수 있는 지점, 그리고 끝까지 사람이
                내려야 할 결정이 무엇인지를 이야기합니다.
            """,
            en="""
                The talk sets out the direction of digital health at Hanoi Medical University
                Hospital and the joint research with Korea on AI in the care of people with diabetes
                and with cancer.

                Both need care over many years, and their data lie scattered between the clinic, the
                laboratory and the patient's home. How can they be gathered safely, where may an
                algorithm help a doctor, and which decisions must remain with people?
            """,
        ),
        spoken=("vi",),
        interpreted=("ko", "en"),
        track="hospital",
        topics=("chronic-disease", "health-data", "joint-research"),
        people=(Part("nguyen-minh-hoa", "speaker"), Part("han-gaseol", "chair")),
    ),
    SessionRecord(
        slug="national-cancer-institute",
        day=0,
        start="11:00",
        end="11:45",
        room="main-hall",
        kind="talk",
        title=T(
            vi="""
                Viện Ung thư Quốc gia: định hướng y tế số, nghiên cứu chung về AI và chăm sóc trực
                tuyến ung thư tuyến giáp
            """,
            ko="베트남 국립암연구소의 디지털 헬스, 공동 AI 연구와 갑상선암 온라인 진료",
            en="""
                National Cancer Institute: digital health, joint AI research and online care for
                thyroid cancer
            """,
        ),
        abstract=T(
            vi="""
                Báo cáo giới thiệu định hướng y tế số của Viện Ung thư Quốc gia, nghiên cứu chung về
                AI cho người bệnh ung thư và việc chăm sóc trực tuyến người bệnh ung thư tuyến giáp.

                Sau điều trị ung thư tuyến giáp là nhiều năm tái khám ngắn. Diễn giả nêu những bước
                có thể chuyển lên mạng, dữ liệu nào cần lưu giữ, và khi nào người bệnh vẫn phải gặp
                trực tiếp bác sĩ. Phần cuối dành cho những câu hỏi mà hai nước muốn cùng nghiên cứu.
            """,
            ko="""
                베트남 국립암연구소의 디지털 헬스 추진 방향과 암 환자를 위한 AI
                공동 연구, 갑상선암 환자의 온라인 진료를 소개합니다.

                갑상선암은 치료를 마친 뒤에도 짧은 재진이 여러 해 이어집니다.
                그 가운데 어떤 단계를 온라인으로 옮길 수 있는지, 어떤 데이터를
                남겨야 하는지, 언제 반드시 의사를 직접 만나야 하는지를
                살펴봅니다. 끝으로 양국이 함께 연구하고자 하는 과제를
                제안합니다.
            """,
            en="""
                The talk presents the direction of digital health at Vietnam's National Cancer
                Institute, joint research on AI for cancer patients, and online care for people with
                thyroid cancer.

                After treatment for thyroid cancer come years of short check-ups. Which of them can
                move online, which data must be kept, and when does a patient still have to see a
                doctor in person? It closes with the questions that both countries want to study
                together.
            """,
        ),
        spoken=("vi",),
        interpreted=("ko", "en"),
        track="cancer",
        topics=("remote-care", "joint-research"),
        people=(Part("le-van-mau", "speaker"), Part("kim-yesi", "chair")),
    ),
    SessionRecord(
        slug="cancer-screening",
        day=0,
        start="13:15",
        end="14:00",
        room="main-hall",
        kind="talk",
        title=T(
            vi="Đổi mới y tế nhờ AI: sàng lọc ung thư hiệu quả và chính xác",
            ko="AI로 새로워지는 의료: 효과적이고 정확한 암 검진",
            en="Renewing healthcare through AI: effective and accurate cancer screening",
        ),
        abstract=T(
            vi="""
                Sàng lọc chỉ có ích khi phát hiện đúng người, đúng lúc. Báo cáo cho thấy AI có thể
                giúp việc sàng lọc ung thư vừa hiệu quả vừa chính xác hơn như thế nào, từ khâu chọn
                người cần mời đến khâu đọc ảnh.

                Diễn giả cũng nói về mặt trái: kết quả dương tính giả, bệnh bị bỏ sót, và cách theo
                dõi một hệ thống sau khi đã đưa vào sử dụng.
            """,
            ko="""
                검진은 필요한 사람을 제때 찾아낼 때 비로소 의미가 있습니다.
                이 강연은 검진 대상자 선정에서 영상 판독에 이르기까지, AI가
                암 검진을 어떻게 더 효과적이고 정확하게 만들 수 있는지
                보여 줍니다.

                위양성 결과와 놓친 병변 같은 한계, 그리고 도입한 뒤에 시스템을
                꾸준히 점검하는 방법도 함께 다룹니다.
            """,
            en="""
                Screening helps only when it finds the right people in time. The talk shows how AI
                can make cancer screening both more effective and more accurate, from the choice of
                whom to invite to the reading of the image.

                It also speaks of the other side: false alarms, cancers that are missed, and how to
                watch over a system once it is in use.
            """,
        ),
        spoken=("ko",),
        interpreted=("vi", "en"),
        track="cancer",
        topics=("screening", "image-reading"),
        people=(Part("kim-yesi", "speaker"), Part("dang-thi-phac-thao", "chair")),
    ),
    SessionRecord(
        slug="musculoskeletal-imaging-and-growth",
        day=0,
        start="14:00",
        end="14:45",
        room="main-hall",
        kind="talk",
        title=T(
            vi="AI cho hình ảnh cơ xương khớp và theo dõi sự phát triển của trẻ em",
            ko="근골격 영상과 소아 성장 검사를 위한 AI",
            en="AI for musculoskeletal imaging, and for checking children's growth",
        ),
        abstract=T(
            vi="""
                Một tấm ảnh X-quang khớp gối hay bàn tay chứa nhiều thông tin hơn mắt người kịp đọc
                trong một buổi khám đông bệnh nhân. Báo cáo trình bày cách AI hỗ trợ đọc hình ảnh cơ
                xương khớp.

                Phần thứ hai nói về trẻ em: xác định tuổi xương và theo dõi sự phát triển. Diễn giả
                bàn về yêu cầu đối với dữ liệu tham chiếu, vì trẻ em ở mỗi nước lớn lên không hoàn
                toàn giống nhau.
            """,
            ko="""
                무릎이나 손의 X선 사진 한 장에는 바쁜 진료 시간에 사람이 다 읽기
                어려울 만큼 많은 정보가 담겨 있습니다. 이 강연은 AI가 근골격
                영상 판독을 어떻게 돕는지 설명합니다.

                이어서 골연령 측정과 소아 성장 검사를 다룹니다. 아이들이 자라는
                모습은 나라마다 조금씩 다르므로, 기준이 되는 데이터에 무엇이
                필요한지도 함께 살펴봅니다.
            """,
            en="""
                An X-ray of a knee or a hand holds more than the eye can take in during a crowded
                clinic. The talk explains how AI supports the reading of musculoskeletal images.

                Its second part is about children: determining bone age and checking growth. As
                children do not grow in quite the same way in every country, it asks what the
                reference data must be like.
            """,
        ),
        spoken=("ko",),
        interpreted=("vi", "en"),
        track="imaging",
        topics=("image-reading",),
        people=(Part("park-gyeonbon", "speaker"), Part("tran-thi-vi-du", "chair")),
    ),
    SessionRecord(
        slug="r2mix",
        day=0,
        start="15:15",
        end="16:00",
        room="main-hall",
        kind="talk",
        title=T(
            vi="R2MIX, nền tảng dịch vụ người số",
            ko="디지털 휴먼 서비스 플랫폼 R2MIX",
            en="R2MIX, a digital-human service platform",
        ),
        abstract=T(
            vi="""
                Người số là một nhân vật trên màn hình, biết nghe và trả lời bằng giọng nói. Báo cáo
                giới thiệu R2MIX, nền tảng dịch vụ người số, và bàn xem một dịch vụ như vậy có thể
                làm được gì trong y tế.

                Diễn giả đặt ra những câu hỏi cần trả lời trước khi đưa người số đến gặp người bệnh:
                nói tiếng nào, được phép nói những gì, khi nào phải chuyển cho người thật, và lời
                trò chuyện được lưu giữ ra sao.
            """,
            ko="""
                디지털 휴먼은 화면 속에서 사람의 말을 듣고 목소리로 답하는
                인물입니다. 이 강연은 디지털 휴먼 서비스 플랫폼 R2MIX를 소개하고,
                이러한 서비스가 의료 현장에서 무엇을 할 수 있는지 살펴봅니다.

                디지털 휴먼이 환자를 만나기 전에 답해야 할 질문도 짚어 봅니다.
                어떤 언어로 어디까지 말할 것인지, 언제 사람에게 넘길 것인지,
                대화는 어떻게 보관할 것인지를 묻습니다.
            """,
            en="""
                A digital human is a figure on a screen that listens and answers with a voice. The
                talk introduces R2MIX, a digital-human service platform, and looks at what such a
                service could do in healthcare.

                It raises the questions to be answered before a digital human meets a patient: which
                language it speaks, what it may say, when it must hand over to a person, and how the
                conversation is kept.
            """,
        ),
        spoken=("ko",),
        interpreted=("vi", "en"),
        track="service",
        topics=("digital-human",),
        people=(Part("choi-bogi", "speaker"), Part("do-mo-phong", "chair")),
    ),
)
