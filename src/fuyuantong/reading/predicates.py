"""The words with which a duty begins: modals, adverbs, verbs and prepositions of official prose."""

import re

from fuyuantong.reading.words.lists import words

MUST = "应当|应该|必须|不得|不准|严禁|禁止|务必|务须|须|均应|均要|都要|还应|还要|也要|也应|应(?![用对急诉答邀付运届有变聘])|要(?![求点素件害闻务塞道领职])|需要|需(?![求])"
MAY = "可以|均可|也可|可(?![行能持靠靠以操控信视供循复再喜观见追预替执])"
ADVISE = "建议(?=[^，。；、]{0,14}(?:在|将|对|按|实行|建立|开展|加强))|鼓励|倡导|提倡"
MODAL = re.compile(rf"(?P<may>{MAY}|有权)|(?P<must>{MUST})|(?P<advise>鼓励|倡导|提倡)")

ADVERBS = "|".join((*words("openings"), r"\d"))
VERBS = "|".join(words("verbs"))
FOLLOW = re.compile(
    rf"(?:之间|双方|三方|两家|三家|等)?(?:{MUST}|{MAY}|有(?![关权责])|领导(?![小干同下班责参出担共兼])|{ADVERBS}|{VERBS})"
)
STRONG = re.compile(
    rf"(?:之间|双方|三方|两家|三家|等)?(?:原则上|均|都|也|还|在规定期限内|同时|每年|每季度|每月|每半年|一般)?(?:(?P<may>{MAY})|(?P<must>{MUST})|负责(?!人|同志)|牵头|(?:主要)?职责(?:是|为))"
)
# with these a clause begins that has no actor of its own
OPENING_VERB = re.compile(rf"(?:{ADVERBS}|{VERBS})")
ACTION = re.compile("|".join(word for word in words("verbs") if len(word) > 1))
EXHORTATION = re.compile(
    r"高度重视|提高(?:思想|政治)?(?:认识|站位|觉悟)|提高(?:对[^，。；]{2,60})?认识|统一思想|深刻(?:认识|领会|把握)|充分认识|切实增强[^，。；]{0,24}(?:意识|感|自觉)|增强[^，。；]{0,16}(?:意识|责任感|紧迫感|使命感)"
    r"|牢固树立|尊重[^，。；]{0,16}(?:权威|规律)|各司其职|各负其责|凝聚(?:合力|共识)|同频共振|齐抓共管|紧密结合|扛起|以[^，。；]{2,30}为(?:指导|引领|导向)|坚定不移|旗帜鲜明|站在[^，。；]{2,20}高度|密切配合|通力协作|加强协(?:作|同)配合|亲自抓|亲自过问|负总责|形成(?:工作)?合力|切实把思想"
)
GOAL = re.compile(
    r"(?:确保|实现|力争|努力|促进|推动形成|不断(?:提高|提升|增强)|切实(?:提高|提升|增强)|为[^，。；]{2,40}提供|助力|打造[^，。；]{2,20}(?:格局|高地)|最终|进而|从而|全面提升|让)"
)
