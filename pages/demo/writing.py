"""A mail that the organizers of the demonstration have begun to write."""

TITLE = "Getting there"
SUBJECT = {
    "vi": "{name}, đường đến {forum}",
    "ko": "{name} 님, 행사장 오시는 길을 안내합니다",
    "en": "{name}, your way to the forum",
}
BODY = {
    "vi": "Kính gửi {name},\n\nBan tổ chức xin nhắc những điều cần biết trước ngày khai mạc:\n\n"
    "- Thời gian: **{dates}**\n- Địa điểm: {place}\n- Mã vé: {code}\n\n"
    "Quý vị có thể mở vé và sửa thông tin [tại trang đăng ký]({link}). Mọi thắc mắc xin gửi về {contact}.",
    "ko": "{name} 님께\n\n개막을 앞두고 꼭 필요한 사항을 안내해 드립니다.\n\n"
    "- 일정: **{dates}**\n- 장소: {place}\n- 입장권 번호: {code}\n\n"
    "입장권 확인과 정보 수정은 [등록 페이지]({link})에서 하실 수 있습니다. 문의: {contact}",
    "en": "Dear {name},\n\nhere is what you need before the opening:\n\n"
    "- When: **{dates}**\n- Where: {place}\n- Code of your ticket: {code}\n\n"
    "You can open your ticket and correct your details [on your page]({link}). Questions go to {contact}.",
}
