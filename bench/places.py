"""The regions of the bench: one municipality, its districts and counties, one group."""

from typing import NamedTuple

from regions.models import Region

DISTRICTS = (
    "万州 Wanzhou|黔江 Qianjiang|涪陵 Fuling|渝中 Yuzhong|大渡口 Dadukou|江北 Jiangbei|沙坪坝 Shapingba|九龙坡 Jiulongpo|南岸 Nan'an|北碚 Beibei"
    "|渝北 Yubei|巴南 Banan|长寿 Changshou|江津 Jiangjin|合川 Hechuan|永川 Yongchuan|南川 Nanchuan|綦江 Qijiang|大足 Dazu|璧山 Bishan"
    "|铜梁 Tongliang|潼南 Tongnan|荣昌 Rongchang|开州 Kaizhou|梁平 Liangping|武隆 Wulong"
)
COUNTIES = "城口 Chengkou|丰都 Fengdu|垫江 Dianjiang|忠县 Zhongxian|云阳 Yunyang|奉节 Fengjie|巫山 Wushan|巫溪 Wuxi"
AUTONOMOUS = "石柱 Shizhu 土家族|秀山 Xiushan 土家族苗族|酉阳 Youyang 土家族苗族|彭水 Pengshui 苗族土家族"


class Place(NamedTuple):
    slug: str
    kind: Region.Kind
    name: str
    short_name: str
    name_en: str


MUNICIPALITY = Place("chongqing", Region.Kind.MUNICIPALITY, "重庆市", "重庆市", "Chongqing")
GROUP = Place("wulingshan", Region.Kind.GROUP, "武陵山区城镇群", "武陵山城镇群", "Wulingshan Towns")


def _slug(english: str) -> str:
    return english.lower().replace("'", "")


def _district(line: str) -> Place:
    name, english = line.split(" ", 1)
    return Place(_slug(english), Region.Kind.DISTRICT, f"{name}区", f"{name}区", f"{english} District")


def _county(line: str) -> Place:
    name, english = line.split(" ", 1)
    whole = name if name.endswith("县") else f"{name}县"
    return Place(_slug(english), Region.Kind.COUNTY, whole, whole, f"{english} County")


def _autonomous(line: str) -> Place:
    name, english, peoples = line.split(" ")
    return Place(_slug(english), Region.Kind.AUTONOMOUS_COUNTY, f"{name}{peoples}自治县", f"{name}县", f"{english} County")


PLACES = (
    *map(_district, DISTRICTS.split("|")),
    *map(_county, COUNTIES.split("|")),
    *map(_autonomous, AUTONOMOUS.split("|")),
)
