"""
What two invented speakers have sent in by their own pages, so that organizers have something to decide.

Their addresses end in .example, which no mail ever reaches (RFC 2606).
"""

from pages.demo.records import T

# Who proposes another biography, and who has handed in slides.
PROPOSER = "le-van-mau"
PRESENTER = "kim-yesi"
# An invented speaker's address is her short name at this host.
HOST = "speakers.example"

POSITION = T(
    vi="Trưởng khoa Chẩn đoán hình ảnh, Phó Giám đốc Trung tâm Y tế số",
    ko="영상의학과장 겸 디지털헬스센터 부센터장",
    en="Head of Diagnostic Imaging, Deputy Director of the Digital Health Centre",
)
SLIDES_TITLE = "Slides (demonstration)"
CONFIRMED_WITH = T(
    vi="Tôi sẽ đến. Xin cho tôi bút trình chiếu.",
    ko="참석합니다. 발표용 리모컨이 필요합니다.",
    en="I am coming. I need a clicker, please.",
)
DECLINED = "choi-bogi"
DECLINED_WITH = T(
    vi="Rất tiếc, hôm đó tôi phải dự hội nghị khác.",
    ko="죄송합니다. 그날 다른 학회에 참석해야 합니다.",
    en="I am sorry: I must be at another congress on that day.",
)
