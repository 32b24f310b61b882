"""The workshop's sections, what is wrong in each, and what a plan will ask of everybody."""

from dataclasses import dataclass, field

from campaigns.models.document import ACTS, problems_of
from campaigns.queries.overview import ABOUT, WHO, when_of


@dataclass(frozen=True)
class Section:
    """One page of the workshop: some fields of the document."""

    key: str
    title: str
    fields: tuple[str, ...]
    about: str


SECTIONS = (
    Section("basics", "基本信息", ("slug", "name", "short_name", "issued_by", "goals", "slogans",
            "participants", "periods"), "名称、目标、谁参加、多久一期"),
    Section("families", "部分与项目", ("families", "aliases"), "亮、比、评、创各有哪些项目，每项用什么机制"),
    Section("stages", "阶段", ("stages",), "每个阶段的起止、项目和自己的叫法"),
    Section("organisation", "组织与侧重", ("unit_types", "organisation_kinds", "leading_group"),
            "单位类型各自抓什么、领导小组"),
    Section("pledges", "承诺", ("pledges",), "承诺主题、窗口承诺模板、审核要点"),
    Section("raters", "评议主体", ("rater_classes",), "谁来评，票怎么分开数"),
    Section("scales", "量表", ("scales",), "各档叫什么、值几分"),
    Section("questionnaires", "问卷与自查", ("questionnaires",), "题目、选票名额、六问等自查表"),
    Section("channels", "渠道与满意率", ("channels", "satisfaction"), "群众从哪里评，满意率怎么算"),
    Section("cadence", "节奏", ("cadence",), "谁、多久、哪天前、做什么"),
    Section("recipes", "计分办法", ("recipes",), "权重、等次、名额、名次"),
    Section("titles", "称号", ("titles",), "评选什么、多少名额、怎么产生"),
    Section("criteria", "标准", ("criteria",), "五个好、五带头等标准条目"),
    Section("inspections", "督查", ("inspections",), "方式和检查表"),
    Section("rectification", "整改", ("rectification",), "问题来源、时限、上报、回头看"),
    Section("classification", "分类定级", ("classification",), "分几类、怎么对待"),
    Section("registers", "登记簿与制度", ("registers", "rules"), "要记的本子、要守的规矩"),
    Section("thresholds", "显示门槛", ("thresholds",), "少于几人就不显示"),
    Section("notes", "其他约定", ("notes",), "哪一项都放不下的话"),
)  # fmt: skip


def section(key):
    return next((one for one in SECTIONS if one.key == key), None)


def section_of(path):
    """The section that holds a place of the document."""
    return next((one for one in SECTIONS if path and path[0] in one.fields), SECTIONS[0])


def problems_by_section(plan):
    """[(section, [Problem, …])] for the sections with problems, in the workshop's order."""
    found = {}
    for problem in problems_of(plan):
        found.setdefault(section_of(problem.path).key, []).append(problem)
    return [(one, found[one.key]) for one in SECTIONS if one.key in found]


def counts(plan):
    """Section key -> how much is in it, in words."""
    return {one.key: _count(plan, one) for one in SECTIONS}


def _count(plan, one):
    if one.key == "families":
        return f"{len(plan.families)} 部分 {sum(1 for _ in plan.items())} 项"
    values = [getattr(plan, name) for name in one.fields]
    lists = [len(value) for value in values if isinstance(value, tuple)]
    if one.key in ("basics", "thresholds", "pledges"):
        return ""
    if lists and sum(lists):
        return f"{sum(lists)} 项"
    return "" if any(value for value in values if not isinstance(value, tuple)) else "未写"


PERIODS_A_YEAR = {"month": 12, "quarter": 4, "half": 2, "year": 1}
TIMES = {"weekly": 52, "monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}


@dataclass
class Load:
    """What one role is asked in a period."""

    who: str
    name: str
    lines: list = field(default_factory=list)

    @property
    def minutes(self):
        """Only what this release really asks; each target (逐人) counts once."""
        return sum(line.minutes_a_period for line in self.lines if line.is_enabled)

    @property
    def is_by_target(self):
        return any(line.about for line in self.lines if line.is_enabled)


@dataclass(frozen=True)
class Line:
    """One rule as it meets a role."""

    key: str
    name: str
    about: str
    when: str
    minutes: int
    times: str
    minutes_a_period: int
    is_enabled: bool


def loads(plan):
    """Per role what is asked in one period and how many minutes that takes."""
    found = {}
    for rule in plan.cadence:
        for who in rule.who:
            load = found.setdefault(who, Load(who, WHO[who]))
            load.lines.append(_line(plan, rule))
    return sorted(found.values(), key=lambda load: list(WHO).index(load.who))


def _line(plan, rule):
    act = ACTS.get(rule.act)
    minutes = act.minutes if act else 0
    a_period = TIMES.get(rule.frequency, 0) / PERIODS_A_YEAR[plan.periods.kind]
    return Line(
        key=rule.key,
        name=rule.name,
        about=ABOUT.get(rule.about, ""),
        when=when_of(rule),
        minutes=minutes,
        times=_times(a_period, rule.frequency),
        minutes_a_period=round(minutes * a_period),
        is_enabled=is_enabled(plan, rule),
    )


def _times(a_period, frequency):
    if frequency == "irregular":
        return "随时"
    if frequency == "once":
        return "全程一次"
    if a_period >= 1:
        return f"每期 {round(a_period)} 次"
    return f"每 {round(1 / a_period)} 期一次"


def is_enabled(plan, rule):
    """A draft may name an act or an item that is not there (yet)."""
    try:
        return plan.is_enabled(rule)
    except KeyError:
        return False
