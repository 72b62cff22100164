"""Who sells the booths of the demonstration, and what became of whose invoice; all of it is invented."""

from decimal import Decimal
from typing import Final

from pages.demo.records import T

SELLER_NAME: Final = T(
    vi="Công ty Tổ chức Hội nghị Minh Họa (dữ liệu mẫu)",
    ko="견본 회의기획 주식회사 (예시 데이터)",
    en="Sample Conference Services Company (demonstration data)",
)
SELLER_ADDRESS: Final = T(vi="Số 0, phố Minh Họa, Hà Nội", ko="하노이 견본로 0", en="0 Sample Street, Hanoi")
SELLER_NOTE: Final = T(
    vi="Đây là dữ liệu minh họa. Xin đừng chuyển tiền.",
    ko="예시 데이터입니다. 송금하지 마십시오.",
    en="This is demonstration data. Please transfer no money.",
)
BUYER_ADDRESS: Final = {"VN": "Số 0, phố Minh Họa, Hà Nội", "KR": "서울특별시 견본구 예시로 0"}
# No bank has this number.
NO_BANK: Final = "999999"

# By the organization: how many days ago the invoice was issued, and which part of it has come in. Whoever has
# a booth and is not named has paid all of it.
ISSUED_AGO: Final = {"khai-niem-institute": 2, "bogi-tech": 20, "sangsang-ai": 6, "gajeong-bio": 9}
PAID: Final = {
    "khai-niem-institute": Decimal(0),
    "bogi-tech": Decimal(0),
    "sangsang-ai": Decimal("0.5"),
}
# Whose first invoice was wrong: credited, and issued again.
CREDITED: Final = {
    "gajeong-bio": "Sai địa chỉ trên hóa đơn · 인보이스 주소 정정 · Wrong address on the invoice"
}
