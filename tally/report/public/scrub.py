"""Free text of a public edition: whoever it names is left out, and each place is put on a list for a person.

Firms and persons of the forms are known by name (`tally.report.public.mask`); of what stands in no form much is known
by its shape: a firm's legal form, an address, a person's title, numbers of telephones, accounts and identity cards,
e-mail, WeChat, QQ. Shapes never find all, so a sentence that is left with any word not known to name nobody
(`tally.report.public.harmless`) is held back whole, until the analyst has confirmed the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tally.report.public.folding import narrow
from tally.report.public.harmless import Harmless, sentences

LEFT_OUT = "（略）"
_GAP = r"[\s\-—－–·.]*+"  # what people put between the digits of a number
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TITLES = "经理|总经理|厂长|老板|董事长|主任|店长|会计|先生|女士|师傅|同志|科长|局长|队长|所长"
_LEGAL = (
    "股份有限公司|有限责任公司|有限公司|分公司|公司|集团|工厂|制品厂|加工厂|口罩厂|(?<![出进到])厂|药房|药店|大药房|超市|商行|商贸行|经营部"
    "|门市部|合作社|工作室|旗舰店|专营店|便利店|批发部"
)
# Words before a legal form that name no firm: 生产企业的公司, 各公司, 有关工厂.
_NO_NAME = re.compile(
    "^(?:各|有关|相关|该|本|某|两家|多家|部分|个别|生产|经营|流通|被抽查|不合格|在产|停产|辖区|全市|网络|线上|大型|小型|零售|以|由|向|到|在|连锁|等|的|和|及|对|在|"
    "口罩|医用|药品|电商|全部|上述|其他|企业|家|[一二三四五六七八九十\\d])++$"
)
SHAPES: dict[str, re.Pattern[str]] = {
    "电子邮箱": re.compile(r"[\w.+-]{1,64}+\s*+(?:@|\(at\)|＠)\s*+[\w-]++(?:\s*+\.\s*+[A-Za-z]{2,}+)++"),
    "微信、QQ": re.compile(r"(?:微信|QQ|vx|wx|威信|v信)(?:号|群)?(?:是|为)?\s*+(?:[:：]\s*+)?[A-Za-z0-9_-]{5,20}", re.I),
    "证件、账号": re.compile(rf"(?<![\dA-Za-z])(?:\d{_GAP}){{14,20}}[\dXx](?![\dA-Za-z])"),
    "信用代码": re.compile(r"(?<![\dA-Za-z])(?=(?:[A-Za-z]*\d){6})[0-9A-Za-z]{15,18}(?![\dA-Za-z])"),
    "手机": re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"),
    "电话": re.compile(rf"(?<!\d)0\d{{2,3}}{_GAP}(?:[)）]{_GAP})?[2-8](?:{_GAP}\d){{6,7}}(?!\d)"),
    "座机": re.compile(r"(?:电话|联系|致电|热线)[^\d，。；]{0,6}[2-8](?:[\s\-]?\d){6,7}(?!\d)"),
    "地址": re.compile(r"[\u3400-\u9fff]{1,12}?(?:大道|路|街|巷|弄|村|组|园区|工业园|小区|广场|大厦)[\dA-Za-z一二三四五六七八九十\-]*\s*(?:号|幢|栋|室|楼|单元)[\d\-]*(?:室)?"),
    "人名": re.compile(
        rf"(?:联系人|负责人|法定代表人|法人代表|法人|经办人|老板|店主|业主|当事人|厂长)(?:为|是|叫|系)?\s*+(?:[:：]\s*+)?(?:[{_SURNAMES}][\u3400-\u9fff]{{1,2}})"
        rf"|[{_SURNAMES}][\u3400-\u9fff]{{0,2}}(?:{_TITLES})|[{_SURNAMES}](?:某某?|老板|总)(?![\u3400-\u9fff]{{0,1}}[局市])"
    ),
}  # fmt: skip
_FIRM = re.compile(rf"[\u3400-\u9fffA-Za-z0-9（()）〔〕·]{{2,24}}?(?:{_LEGAL})")


class Mask(Protocol):
    def text(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Masked:
    """A place that was left out: what was written, what is printed, and as what it was taken."""

    written: str
    printed: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scrub:
    """`mask` knows the names of the forms, `harmless` the words that name nobody."""

    mask: Mask
    harmless: Harmless

    def text(self, text: str) -> str:
        """What is printed of a text, "" where all of it is held back."""
        return self._cleared(text)[0]

    def masked(self, texts: Iterable[str]) -> tuple[Masked, ...]:
        """The texts that are printed otherwise than they were written."""
        masked = []
        for text in texts:
            printed, kinds = self._cleared(text)
            if printed != text:
                masked.append(Masked(text, printed, tuple(dict.fromkeys(kinds))))
        return tuple(masked)

    def _cleared(self, text: str) -> tuple[str, list[str]]:
        named = self.mask.text(text)
        kinds = ["表中的企业、人员"] if named != text else []
        for kind, shape in SHAPES.items():
            named, hit = _without(named, shape)
            kinds += [kind] * hit
        named, hit = _without_firms(named)
        kinds += ["企业"] * hit
        printed = []
        for sentence in sentences(named):
            words = self.harmless.unproven(sentence)
            kinds += [f"用词未经核实，整句不公布：{'、'.join(words)}"] if words else []
            printed += [] if words else [sentence]
        return "".join(printed), kinds


def _without(text: str, shape: re.Pattern[str]) -> tuple[str, bool]:
    """The text without what has a shape, in whatever width it is written."""
    pieces, end = [], 0
    for match in shape.finditer(narrow(text)):
        pieces += [text[end : match.start()], LEFT_OUT]
        end = match.end()
    return "".join((*pieces, text[end:])), bool(pieces)


def _without_firms(text: str) -> tuple[str, bool]:
    pieces, end = [], 0
    for start, stop in _firms(text):
        pieces += [text[end:start], "某企业"]
        end = stop
    return "".join((*pieces, text[end:])), bool(pieces)


def _firms(text: str) -> Iterator[tuple[int, int]]:
    """Where firms are named that stand in no form: a legal form with a name of its own before it."""
    for match in _FIRM.finditer(text):
        legal = re.search(rf"(?:{_LEGAL})$", match[0])
        name = match[0][: legal.start()] if legal else ""
        if name and not _NO_NAME.match(name) and len(name) >= 2:
            yield match.span()
