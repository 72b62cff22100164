"""The kinds of attendance. The places are invented; attendance costs nothing."""

from pages.demo.records import RegistrationTypeRecord, T

REGISTRATION_TYPES: tuple[RegistrationTypeRecord, ...] = (
    RegistrationTypeRecord(
        slug="delegate",
        name=T(vi="Đại biểu", ko="일반 참가자", en="Delegate"),
        description=T(
            vi="Cơ quan nhà nước, tổ chức, hiệp hội và khách quan tâm",
            ko="정부·공공기관, 단체, 협회 및 관심 있는 일반인",
            en="Public bodies, organizations, associations and interested guests",
        ),
        capacity=300,
        colour="#0f6b74",
    ),
    RegistrationTypeRecord(
        slug="healthcare",
        name=T(vi="Nhân viên y tế", ko="의료인", en="Healthcare professional"),
        description=T(
            vi="Bác sĩ, dược sĩ, điều dưỡng, kỹ thuật viên và cán bộ quản lý bệnh viện",
            ko="의사, 약사, 간호사, 의료기사 및 병원 관리자",
            en="Doctors, pharmacists, nurses, technicians and hospital managers",
        ),
        capacity=400,
        colour="#2e6b3e",
    ),
    RegistrationTypeRecord(
        slug="researcher",
        name=T(vi="Nhà nghiên cứu", ko="연구자", en="Researcher"),
        description=T(
            vi="Giảng viên, nghiên cứu viên của trường đại học, viện nghiên cứu",
            ko="대학 및 연구기관의 교수와 연구원",
            en="Lecturers and researchers of universities and institutes",
        ),
        capacity=150,
        colour="#3c4f8f",
    ),
    RegistrationTypeRecord(
        slug="business",
        name=T(vi="Doanh nghiệp", ko="기업", en="Business"),
        description=T(
            vi="Doanh nghiệp AI, y tế số, thiết bị y tế, dược phẩm và nhà đầu tư",
            ko="AI, 디지털 헬스, 의료기기, 제약 기업 및 투자사",
            en="Companies in AI, digital health, medical devices or medicines, and investors",
        ),
        capacity=200,
        colour="#8a5a00",
    ),
    RegistrationTypeRecord(
        slug="student",
        name=T(vi="Sinh viên", ko="학생", en="Student"),
        description=T(
            vi="Sinh viên và học viên sau đại học; vui lòng mang theo thẻ sinh viên",
            ko="대학생 및 대학원생. 학생증을 지참해 주시기 바랍니다.",
            en="Undergraduates and graduate students; please bring your student card",
        ),
        capacity=100,
        colour="#5b6770",
    ),
    RegistrationTypeRecord(
        slug="press",
        name=T(vi="Báo chí", ko="언론", en="Press"),
        description=T(
            vi="Phóng viên, biên tập viên có thẻ nhà báo hoặc giấy giới thiệu",
            ko="기자증이나 소속 언론사의 확인서가 있는 기자 및 편집자",
            en="Reporters and editors with a press card or a letter of their editors",
        ),
        capacity=40,
        colour="#8c2f5b",
        needs_approval=True,
    ),
    RegistrationTypeRecord(
        slug="vip",
        name=T(vi="Khách mời danh dự", ko="귀빈", en="Guest of honour"),
        description=T(
            vi="Khách do hai bộ mời",
            ko="양국 부처의 초청 인사",
            en="Guests invited by the two ministries",
        ),
        capacity=60,
        colour="#b3402a",
        visibility="invited",
    ),
    RegistrationTypeRecord(
        slug="staff",
        name=T(vi="Ban tổ chức", ko="운영진", en="Staff"),
        description=T(
            vi="Cán bộ tổ chức, phiên dịch và kỹ thuật viên của diễn đàn",
            ko="포럼 운영 인력, 통역사 및 기술 인력",
            en="The forum's organizers, interpreters and technicians",
        ),
        capacity=80,
        colour="#24343a",
        visibility="organizers",
    ),
)
