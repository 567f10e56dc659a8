"""One document of every layout, as an office writes it."""

from dataclasses import replace
from datetime import date

from fuyuantong.typesetting.document import OfficialDocument, Style

DAY = date(2026, 11, 22)
TEXT = (
    "为贯彻落实全面依法治国的决策部署，切实发挥府院联动机制作用，推动行政争议实质性化解，"
    "根据《中华人民共和国行政诉讼法》第三条第三款的规定，结合我县2026年工作实际，现就有关事项通知如下。"
)
FILE = OfficialDocument(
    style=Style.FILE,
    mark="温县人民政府文件",
    title="温县人民政府关于建立常态化府院联动机制推动行政争议实质性化解的通知",
    number="温政〔2026〕17号",
    addressees="各乡镇人民政府，县人民政府各部门",
    body=(TEXT, "一、总体要求", f"（一）指导思想。{TEXT}", "（二）基本原则", f"1.{TEXT}", f"（1）{TEXT}", TEXT, TEXT),
    enclosures=("府院联动事项清单", "联席会议成员单位名单"),
    issuer="温县人民政府",
    signed_on=DAY,
    note="联系人：甲某，电话：0391-0000000",
    copies="县委各部门，县人大常委会办公室，县政协办公室，县法院，县检察院，各人民团体，驻温各单位",
    printer="温县人民政府办公室",
    printed_on=DAY,
)
LETTER = OfficialDocument(
    style=Style.LETTER,
    mark="温县人民法院",
    title="温县人民法院关于商请参加第三季度联席会议的函",
    number="温法函〔2026〕8号",
    addressees="温县人民政府",
    body=(TEXT, "专此函达，请予支持。"),
    issuer="温县人民法院",
    signed_on=DAY,
    copies="县司法局",
)
MINUTES = OfficialDocument(
    style=Style.MINUTES,
    mark="府院联席会议纪要",
    title="第三季度府院联动常规联席会议纪要",
    number="温府院纪要〔2026〕2号",
    body=(TEXT, "一、关于负责人出庭应诉工作", TEXT),
    issuer="温县府院联动办公室",
    signed_on=DAY,
    present=(("出席", "甲某（县政府副县长）、乙某（县法院院长）"), ("请假", "丙某（县财政局局长）")),
    copies="各成员单位",
    printer="温县府院联动办公室",
    printed_on=DAY,
)
WRIT = OfficialDocument(
    style=Style.WRIT,
    mark="温县人民法院",
    title="司法建议书",
    number="温法建〔2026〕3号",
    addressees="温县林业局",
    body=(TEXT, "一、存在问题", f"1.{TEXT}"),
    issuer="温县人民法院",
    signed_on=DAY,
)
UPWARD = replace(FILE, signer="甲某")
FULL = replace(FILE, body=("国" * 3000,), enclosures=())
EVERY = {"file": FILE, "letter": LETTER, "minutes": MINUTES, "writ": WRIT, "upward": UPWARD}
