"""Amounts in words and the QR of a transfer: against tables, a slow second writer and published examples."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from exhibitors.billing.vietqr import checksum, vietqr
from exhibitors.billing.words import in_words
from exhibitors.forms.money_field import read_money

VIETNAMESE = {
    "0": "Không đồng",
    "10": "Mười đồng",
    "11": "Mười một đồng",
    "14": "Mười bốn đồng",
    "15": "Mười lăm đồng",
    "20": "Hai mươi đồng",
    "21": "Hai mươi mốt đồng",
    "24": "Hai mươi tư đồng",
    "25": "Hai mươi lăm đồng",
    "101": "Một trăm linh một đồng",
    "104": "Một trăm linh bốn đồng",
    "105": "Một trăm linh năm đồng",
    "111": "Một trăm mười một đồng",
    "555": "Năm trăm năm mươi lăm đồng",
    "1000": "Một nghìn đồng",
    "1001": "Một nghìn không trăm linh một đồng",
    "10010": "Mười nghìn không trăm mười đồng",
    "1000000": "Một triệu đồng",
    "20000000": "Hai mươi triệu đồng",
    "52580000": "Năm mươi hai triệu năm trăm tám mươi nghìn đồng",
    "1000000001": "Một tỷ không trăm linh một đồng",
    "1021000000": "Một tỷ không trăm hai mươi mốt triệu đồng",
    "15000000000000": "Mười lăm nghìn tỷ đồng",
    "1000000000000005": "Một triệu tỷ không trăm linh năm đồng",
}
KOREAN = {
    "1": "일금 일원정",
    "10": "일금 일십원정",
    "15400": "일금 일만오천사백원정",
    "1090000": "일금 일백구만원정",
    "100000000": "일금 일억원정",
    "100010000": "일금 일억일만원정",
    "52580000": "일금 오천이백오십팔만원정",
    "1000000000000": "일금 일조원정",
}
ENGLISH = {
    "0.01": "Zero US dollars and one cent",
    "1": "One US dollar",
    "1.21": "One US dollar and twenty-one cents",
    "100": "One hundred US dollars",
    "1001": "One thousand and one US dollars",
    "1100": "One thousand one hundred US dollars",
    "1518.5": "One thousand five hundred and eighteen US dollars and fifty cents",
    "1000000": "One million US dollars",
    "2000015": "Two million and fifteen US dollars",
    "1000000000000": "One trillion US dollars",
}


@pytest.mark.parametrize(
    ("table", "currency", "language"),
    [(VIETNAMESE, "VND", "vi"), (KOREAN, "KRW", "ko"), (ENGLISH, "USD", "en")],
)
def test_words_as_in_the_tables(table: dict[str, str], currency: str, language: str) -> None:
    assert {amount: in_words(Decimal(amount), currency, language) for amount in table} == table


def test_each_currency_is_named_in_each_language() -> None:
    codes = ("VND", "KRW", "USD")
    said = [in_words(Decimal(2), code, language) for language in ("vi", "ko", "en") for code in codes]
    assert said == [
        *("Hai đồng", "Hai won Hàn Quốc", "Hai đô la Mỹ"),
        *("일금 베트남화 이동정", "일금 이원정", "일금 미화 이달러정"),
        *("Two Vietnamese dong", "Two Korean won", "Two US dollars"),
    ]
    assert in_words(Decimal("2.05"), "USD", "vi") == "Hai đô la Mỹ và năm xu"
    assert in_words(Decimal("2.05"), "USD", "ko") == "일금 미화 이달러 오센트정"


@pytest.mark.parametrize(
    ("amount", "currency"), [("-1", "VND"), ("0.5", "KRW"), ("0.001", "USD"), ("1e18", "VND")]
)
def test_what_has_no_words_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match="has no"):
        in_words(Decimal(amount), currency, "vi")


# --- A second, slow reader: from the words back to the number ---------------------------------------------

_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_KO = "영일이삼사오육칠팔구"
_EN = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "zero": 0,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}


def read_vietnamese(text: str) -> int:
    """Add words up from the left, as one hears them."""
    digits = {word: number for number, word in enumerate(_VI)} | {"mốt": 1, "tư": 4, "lăm": 5}
    whole = group = digit = 0
    below = 0
    for word in text.lower().removesuffix(" đồng").split():
        if word in digits:
            digit = digits[word]
            continue
        if word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + 10 * digit, 0
        elif word == "trăm":
            group, digit = group + 100 * digit, 0
        elif word in {"nghìn", "triệu"}:
            below += (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word]
            group = digit = 0
        elif word == "tỷ":
            whole = (whole + below + group + digit) * 10**9
            below = group = digit = 0
        else:
            assert word == "linh", word
    return whole + below + group + digit


def read_korean(text: str) -> int:
    """The same for 일금 … 원정."""
    whole = myriad = digit = 0
    for letter in text.removeprefix("일금 ").removesuffix("원정"):
        if letter in _KO:
            digit = _KO.index(letter)
        elif letter in "십백천":
            myriad, digit = myriad + digit * 10 ** ("십백천".index(letter) + 1), 0
        else:
            whole += (myriad + digit) * 10_000 ** ("만억조경".index(letter) + 1)
            myriad = digit = 0
    return whole + myriad + digit


def read_english(text: str) -> int:
    """The same for dollars."""
    scales = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    whole = group = 0
    for word in text.lower().replace("-", " ").split():
        if word in _EN:
            group += _EN[word]
        elif word == "hundred":
            group *= 100
        elif word in scales:
            whole, group = whole + group * scales[word], 0
        else:
            assert word in {"and", "us", "dollar", "dollars"}, word
    return whole + group


def some_numbers() -> list[int]:
    """Return every number of four digits, and those that have them at each place up to trillions."""
    small = range(10_000)
    large = [number * 10**power for power in range(3, 15, 3) for number in range(1000)]
    mixed = [(number * 7_919_003_331_013 + 17) % 10**15 for number in range(3_000)]
    return [*small, *large, *mixed]


def test_every_number_reads_back() -> None:
    for number in some_numbers():
        amount = Decimal(number)
        assert read_vietnamese(in_words(amount, "VND", "vi")) == number
        assert read_korean(in_words(amount, "KRW", "ko")) == number
        assert read_english(in_words(amount, "USD", "en")) == number


def test_no_two_numbers_sound_alike() -> None:
    for currency, language in (("VND", "vi"), ("KRW", "ko"), ("USD", "en")):
        said = {in_words(Decimal(number), currency, language) for number in range(10_000)}
        assert len(said) == 10_000


# --- VietQR -----------------------------------------------------------------------------------------------

# NAPAS's own example, and two of libraries that banks' apps are known to read.
_ACCOUNT = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA53037045406180000"
_GIFT = "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA53037045406120000"
PUBLISHED = (
    f"{_ACCOUNT}5802VN62340107NPS68690819thanh toan don hang63042E2E",
    f"{_GIFT}5802VN62170813ung ho lu lut6304C15C",
    "00020101021138540010A00000072701240006970423011001234567890208QRIBFTTA53037045802VN6304F64B",
)


def fields(text: str) -> dict[str, str]:
    """Take a text of fields apart, as a banking app does."""
    found = {}
    while text:
        tag, length = text[:2], int(text[2:4])
        assert tag not in found
        assert len(text) >= 4 + length
        found[tag], text = text[4 : 4 + length], text[4 + length :]
    return found


@pytest.mark.parametrize("text", PUBLISHED)
def test_the_checksum_is_that_of_published_examples(text: str) -> None:
    assert fields(text)["63"] == checksum(text[:-4])


def test_a_published_example_is_made_again() -> None:
    made = vietqr(bin="970415", account="0011001932418", amount=Decimal(120000), reference="ung ho lu lut")
    assert made == PUBLISHED[1]


def test_a_banking_app_finds_what_is_to_be_paid() -> None:
    text = vietqr(bin="970403", account="0011012345678", amount=Decimal(52580000), reference="VKAI202600017")
    read = fields(text)
    napas = fields(read["38"])
    assert (napas["00"], napas["02"]) == ("A000000727", "QRIBFTTA")
    assert fields(napas["01"]) == {"00": "970403", "01": "0011012345678"}
    assert (read["53"], read["54"], read["58"]) == ("704", "52580000", "VN")
    assert fields(read["62"]) == {"08": "VKAI202600017"}
    assert list(read)[-1] == "63"


@pytest.mark.parametrize(
    "changes",
    [
        {"bin": "97040"},
        {"account": "1" * 20},
        {"account": "12-34"},
        {"reference": "hóa đơn"},
        {"reference": "x" * 26},
        {"amount": Decimal("1.5")},
        {"amount": Decimal(0)},
        {"amount": Decimal(10) ** 13},
    ],
)
def test_what_no_app_reads_is_refused(changes: dict[str, object]) -> None:
    right = {"bin": "970403", "account": "0011", "amount": Decimal(1000), "reference": "A1"}
    assert vietqr(**right)  # type: ignore[arg-type] # of its types
    with pytest.raises(ValueError, match=r"VietQR|whole dong"):
        vietqr(**(right | changes))  # type: ignore[arg-type] # wrong on purpose


# --- What people type -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("20000000", "20000000"),
        ("20.000.000", "20000000"),
        ("20,000,000", "20000000"),
        ("1,234.50", "1234.50"),
        ("1.234,5", "1234.5"),
        ("90.5", "90.5"),
        ("1.500", "1500"),
    ],
)
def test_amounts_are_read_however_they_are_parted(text: str, amount: str) -> None:
    assert read_money(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "-5", "1e5", "1,2,3", "1.23.456", "12.345,678", "٣", "abc", "9" * 15])
def test_what_is_no_amount_is_asked_for_again(text: str) -> None:
    with pytest.raises(ValidationError):
        read_money(text)
