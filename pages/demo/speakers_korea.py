"""The people from Korea: Vice Minister Park Yun Kyu is real, everybody else is invented."""

from pages.demo.records import SpeakerRecord, T

SPEAKERS_KOREA: tuple[SpeakerRecord, ...] = (
    SpeakerRecord(
        slug="park-yun-kyu",
        name="박윤규",
        latin_name="Park Yun Kyu",
        hangul_name="박윤규",
        country="KR",
        organization="msit-korea",
        position=T(vi="Thứ trưởng", ko="차관", en="Vice Minister"),
        biography=T(
            vi="""
                Thứ trưởng Bộ Khoa học, Công nghệ thông tin và Truyền thông Hàn Quốc, phát biểu khai
                mạc diễn đàn. Bài phát biểu giới thiệu Chiến lược AI quốc gia của Hàn Quốc, lấy con
                người làm trung tâm.
            """,
            ko="""
                대한민국 과학기술정보통신부 차관으로, 이번 포럼에서 개회사를
                합니다. 사람을 중심에 둔 한국의 인공지능 국가전략을
                소개합니다.
            """,
            en="""
                Vice Minister of Science and ICT of Korea; gives one of the two opening addresses.
                He presents Korea's national AI strategy, which puts people in the centre.
            """,
        ),
        is_demo=False,
    ),
    SpeakerRecord(
        slug="kim-yesi",
        name="김예시",
        latin_name="Kim Yesi",
        hangul_name="김예시",
        country="KR",
        organization="yesi-hospital",
        position=T(
            vi="Giáo sư, Trung tâm Sàng lọc ung thư",
            ko="암 검진센터 교수",
            en="Professor, Cancer Screening Centre",
        ),
        biography=T(
            vi="""
                Nghiên cứu việc dùng AI đọc ảnh sàng lọc ung thư. Ông theo dõi không chỉ số ca được
                phát hiện mà cả số người phải lo lắng vì kết quả dương tính giả.
            """,
            ko="""
                암 검진 영상의 AI 판독을 연구합니다. 발견한 암의 수뿐 아니라
                위양성 결과로 불안을 겪는 사람의 수까지 함께 살핍니다.
            """,
            en="""
                Studies the reading of cancer screening images with AI. He counts not only the
                cancers that are found but also the people who are alarmed for nothing.
            """,
        ),
    ),
    SpeakerRecord(
        slug="park-gyeonbon",
        name="박견본",
        latin_name="Park Gyeonbon",
        hangul_name="박견본",
        country="KR",
        organization="gyeonbon-university",
        position=T(
            vi="Giáo sư, Khoa Chẩn đoán hình ảnh", ko="영상의학교실 교수", en="Professor of radiology"
        ),
        biography=T(
            vi="""
                Chuyên về hình ảnh cơ xương khớp và tuổi xương ở trẻ em. Nhóm của bà so sánh cách
                đọc của máy với cách đọc của bác sĩ ở nhiều nước.
            """,
            ko="""
                근골격 영상과 소아 골연령을 전문으로 합니다. 연구팀은 여러 나라
                의사의 판독과 AI의 판독을 비교하고 있습니다.
            """,
            en="""
                Specializes in musculoskeletal imaging and in the bone age of children. Her group
                compares a machine's reading with that of doctors in several countries.
            """,
        ),
    ),
    SpeakerRecord(
        slug="choi-bogi",
        name="최보기",
        latin_name="Choi Bogi",
        hangul_name="최보기",
        country="KR",
        organization="bogi-tech",
        position=T(vi="Trưởng bộ phận nền tảng", ko="플랫폼 본부장", en="Head of platforms"),
        biography=T(
            vi="""
                Nhiều năm làm dịch vụ hội thoại cho ngân hàng và bệnh viện. Ông cho rằng người số
                phải nói ngay từ đầu rằng mình không phải là người thật.
            """,
            ko="""
                은행과 병원의 대화형 서비스를 오랫동안 만들어 왔습니다. 디지털
                휴먼은 자신이 사람이 아님을 처음부터 밝혀야 한다고 생각합니다.
            """,
            en="""
                Has built conversational services for banks and hospitals for many years. He holds
                that a digital human must say at the outset that it is not a person.
            """,
        ),
    ),
    SpeakerRecord(
        slug="lee-gasang",
        name="이가상",
        latin_name="Lee Gasang",
        hangul_name="이가상",
        country="KR",
        organization="gasang-medi",
        position=T(vi="Trưởng nhóm dữ liệu hình ảnh", ko="영상 데이터 팀장", en="Lead, imaging data"),
        biography=T(
            vi="""
                Kỹ sư dữ liệu, chuẩn bị bộ ảnh y khoa cho các nghiên cứu nhiều trung tâm. Chị viết
                hướng dẫn gắn nhãn bằng ngôn ngữ mà cả bác sĩ lẫn kỹ sư đều dùng được.
            """,
            ko="""
                데이터 엔지니어로, 다기관 연구에 쓰일 의료 영상 데이터셋을
                구축합니다. 의사와 엔지니어가 함께 쓸 수 있는 라벨링 지침을
                만들고 있습니다.
            """,
            en="""
                A data engineer who prepares medical image sets for studies at several centres. She
                writes labelling guides that doctors and engineers can both use.
            """,
        ),
    ),
    SpeakerRecord(
        slug="jung-gamyeong",
        name="정가명",
        latin_name="Jung Gamyeong",
        hangul_name="정가명",
        country="KR",
        organization="gaseol-institute",
        position=T(
            vi="Nghiên cứu viên cao cấp về chính sách",
            ko="정책연구실 책임연구원",
            en="Principal researcher, policy",
        ),
        biography=T(
            vi="""
                Nghiên cứu chính sách AI trong lĩnh vực công và cách đo tác động của nó đến người
                dân. Bà so sánh quy định của các nước châu Á về phần mềm y tế.
            """,
            ko="""
                공공 분야의 AI 정책과 그 영향을 측정하는 방법을 연구합니다.
                아시아 여러 나라의 의료용 소프트웨어 규정을 비교하고 있습니다.
            """,
            en="""
                Studies AI policy in the public sector and how its effect on people can be measured.
                She compares the rules of Asian countries for medical software.
            """,
        ),
    ),
    SpeakerRecord(
        slug="kang-mohyeong",
        name="강모형",
        latin_name="Kang Mohyeong",
        hangul_name="강모형",
        country="KR",
        organization="yesi-hospital",
        position=T(vi="Giám đốc Dữ liệu y tế", ko="의료데이터센터장", en="Director, Health Data Centre"),
        biography=T(
            vi="""
                Quản lý kho dữ liệu lâm sàng của bệnh viện và quy trình xét duyệt yêu cầu sử dụng.
                Ông ủng hộ nguyên tắc: mô hình đi đến dữ liệu, dữ liệu không rời bệnh viện.
            """,
            ko="""
                병원의 임상 데이터 웨어하우스와 활용 심의 절차를 관리합니다.
                데이터가 병원을 떠나는 대신 모델이 데이터를 찾아와야 한다는
                원칙을 지지합니다.
            """,
            en="""
                Manages his hospital's store of clinical data and the review of requests to use it.
                He favours the principle that models travel to the data, and data stay at home.
            """,
        ),
    ),
    SpeakerRecord(
        slug="cho-yejeung",
        name="조예증",
        latin_name="Cho Yejeung",
        hangul_name="조예증",
        country="KR",
        organization="gaseol-institute",
        position=T(
            vi="Trưởng phòng Hợp tác quốc tế", ko="국제협력실장", en="Head of international cooperation"
        ),
        biography=T(
            vi="""
                Điều phối các dự án nghiên cứu chung giữa viện và đối tác Đông Nam Á. Bà giúp các
                nhóm mới thống nhất ngay từ đầu về dữ liệu, việc đứng tên và kinh phí.
            """,
            ko="""
                연구원과 동남아시아 기관 사이의 공동 연구를 조율합니다. 새로
                만난 연구팀이 데이터와 저자 표시, 예산을 처음부터 합의하도록
                돕습니다.
            """,
            en="""
                Coordinates joint research between her institute and partners in South-East Asia.
                She helps new teams to agree on data, authorship and money from the start.
            """,
        ),
    ),
    SpeakerRecord(
        slug="yoon-pyobon",
        name="윤표본",
        latin_name="Yoon Pyobon",
        hangul_name="윤표본",
        country="KR",
        organization="gyeonbon-university",
        position=T(
            vi="Phó Giáo sư, Bộ môn Thống kê y học",
            ko="의학통계학교실 부교수",
            en="Associate Professor of medical statistics",
        ),
        biography=T(
            vi="""
                Nghiên cứu cỡ mẫu và thiết kế các nghiên cứu kiểm định AI trong lâm sàng. Ông thích
                những bài báo nói rõ mô hình đã sai ở đâu.
            """,
            ko="""
                임상 현장에서 AI를 검증하는 연구의 설계와 표본 크기를
                연구합니다. 모델이 어디에서 틀렸는지를 분명히 밝히는 논문을
                높이 평가합니다.
            """,
            en="""
                Works on sample size and on the design of clinical studies that test AI. He likes
                papers that say plainly where the model went wrong.
            """,
        ),
    ),
    SpeakerRecord(
        slug="jang-gaching",
        name="장가칭",
        latin_name="Jang Gaching",
        hangul_name="장가칭",
        country="KR",
        organization="gasang-medi",
        position=T(vi="Giám đốc sản phẩm", ko="제품 총괄", en="Head of product"),
        biography=T(
            vi="""
                Phát triển công cụ hỗ trợ đọc ảnh chụp vú và ảnh nội soi. Ông muốn gặp những bệnh
                viện sẵn sàng thử nghiệm trong quy trình hằng ngày.
            """,
            ko="""
                유방 촬영 영상과 내시경 영상의 판독 보조 도구를 개발합니다.
                일상 진료 과정에서 시범 운영을 함께할 병원을 만나고자 합니다.
            """,
            en="""
                Develops tools that support the reading of mammograms and endoscopy. He hopes to
                meet hospitals that would try them in daily routine.
            """,
        ),
    ),
    SpeakerRecord(
        slug="lim-yeje",
        name="임예제",
        latin_name="Lim Yeje",
        hangul_name="임예제",
        country="KR",
        organization="bogi-tech",
        position=T(vi="Trưởng nhóm thiết kế dịch vụ", ko="서비스 디자인 팀장", en="Lead, service design"),
        biography=T(
            vi="""
                Thiết kế kịch bản hội thoại để hướng dẫn người bệnh trước và sau khi khám. Chị thử
                từng câu nói với người nghe kém và người nói tiếng địa phương.
            """,
            ko="""
                진료 전후에 환자를 안내하는 대화 시나리오를 설계합니다. 난청이
                있는 사람과 사투리를 쓰는 사람에게 한 문장 한 문장을 시험해
                봅니다.
            """,
            en="""
                Designs the conversations that guide patients before and after a visit. She tries
                each sentence with people who hear poorly and with speakers of dialects.
            """,
        ),
    ),
    SpeakerRecord(
        slug="han-gaseol",
        name="한가설",
        latin_name="Han Gaseol",
        hangul_name="한가설",
        country="KR",
        organization="gaseol-institute",
        position=T(vi="Viện trưởng", ko="원장", en="President"),
        biography=T(
            vi="""
                Bác sĩ và nhà khoa học máy tính, lãnh đạo một viện nghiên cứu AI liên ngành. Bà viết
                về trách nhiệm của người xây dựng dữ liệu và của người dùng kết quả.
            """,
            ko="""
                의사이자 컴퓨터과학자로, 융합 인공지능 연구원을 이끌고 있습니다.
                데이터를 만드는 사람과 결과를 쓰는 사람의 책임에 관해 글을
                써 왔습니다.
            """,
            en="""
                A doctor and computer scientist who leads an interdisciplinary institute for AI. She
                writes on the responsibility of those who build data and of those who use results.
            """,
        ),
    ),
    SpeakerRecord(
        slug="oh-sangsang",
        name="오상상",
        latin_name="Oh Sangsang",
        hangul_name="오상상",
        country="KR",
        organization="sangsang-ai",
        position=T(vi="Nhà sáng lập", ko="창업자 겸 대표", en="Founder"),
        biography=T(
            vi="""
                Sáng lập một doanh nghiệp trẻ làm phần mềm theo dõi chiều cao và tuổi xương của trẻ.
                Ông từng là kỹ thuật viên chẩn đoán hình ảnh.
            """,
            ko="""
                아이들의 키와 골연령을 살피는 소프트웨어를 만드는 신생 기업을
                세웠습니다. 창업 전에는 방사선사로 일하였습니다.
            """,
            en="""
                Founded a young company for software that follows the height and bone age of
                children. He used to work as a radiographer.
            """,
        ),
    ),
    SpeakerRecord(
        slug="seo-biyu",
        name="서비유",
        latin_name="Seo Biyu",
        hangul_name="서비유",
        country="KR",
        organization="gyeonbon-university",
        position=T(
            vi="Giáo sư, Bộ môn Đạo đức y học", ko="의료윤리학교실 교수", en="Professor of medical ethics"
        ),
        biography=T(
            vi="""
                Giảng dạy đạo đức y học và tham gia soạn hướng dẫn dùng AI cho sinh viên y khoa. Bà
                quan tâm đến việc giải thích cho người bệnh rằng có máy tham gia vào quyết định.
            """,
            ko="""
                의료윤리를 가르치며 의과대학생을 위한 AI 활용 지침을 만드는 데
                참여하였습니다. 진료 결정에 기계가 관여한다는 사실을 환자에게
                어떻게 설명할지에 관심이 있습니다.
            """,
            en="""
                Teaches medical ethics and helped to write guidance on AI for medical students. She
                asks how patients should be told that a machine has a part in a decision.
            """,
        ),
    ),
    SpeakerRecord(
        slug="song-yemun",
        name="송예문",
        latin_name="Song Yemun",
        hangul_name="송예문",
        country="KR",
        organization="gaseol-institute",
        position=T(vi="Người dẫn chương trình", ko="사회자", en="Master of ceremonies"),
        biography=T(
            vi="""
                Phụ trách truyền thông của viện, dẫn chương trình bằng tiếng Hàn và tiếng Anh. Anh
                từng học tiếng Việt tại Hà Nội trong hai năm.
            """,
            ko="""
                연구원의 홍보를 담당하며 한국어와 영어로 행사의 사회를 맡고
                있습니다. 하노이에서 2년 동안 베트남어를 공부하였습니다.
            """,
            en="""
                Looks after the institute's communication and hosts events in Korean and English. He
                studied Vietnamese in Hanoi for two years.
            """,
        ),
    ),
)
