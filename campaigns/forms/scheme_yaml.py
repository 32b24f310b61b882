"""Scheme files: plain YAML text in, a checked document out, every problem with its line."""

from dataclasses import dataclass

from pydantic import ValidationError

from campaigns.forms.plain_yaml import PlainYaml, YamlProblem, read_plain_yaml
from campaigns.models.document import Problem, SchemeDocument, problems_from, problems_of

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True)
class SchemeProblem:
    """One thing to put right in the file."""

    line: int
    path: str
    reason: str

    def __str__(self):
        place = f"（{self.path}）" if self.path else ""
        return f"第 {self.line} 行{place}：{self.reason}"


class SchemeFileError(ValueError):
    """The file is refused; `problems` lists everything found, in the order of the lines."""

    def __init__(self, problems):
        self.problems = sorted(problems, key=lambda problem: (problem.line, problem.path))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_scheme(source: str | bytes) -> SchemeDocument:
    """The document in a YAML text; raises SchemeFileError with all problems."""
    document, problems = read_draft(source)
    if problems:
        raise SchemeFileError(problems)
    return document


def read_draft(source: str | bytes) -> tuple[SchemeDocument, list[SchemeProblem]]:
    """The document and what does not fit together yet; raises when the shape is wrong."""
    yaml = _read_yaml(_text_of(source))
    try:
        document = SchemeDocument.model_validate(yaml.data)
    except ValidationError as error:
        raise SchemeFileError(_placed(problems_from(error), yaml)) from None
    return document, _placed(problems_of(document), yaml)


def _text_of(source: str | bytes) -> str:
    raw = source.encode() if isinstance(source, str) else source
    if len(raw) > MAX_BYTES:
        raise SchemeFileError([SchemeProblem(1, "", "文件超过 1 MB；方案只写文字，请删去无关内容")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reason = "不是 UTF-8 编码的文本；请另存为 UTF-8 后再试"
        raise SchemeFileError([SchemeProblem(line, "", reason)]) from None


def _read_yaml(text: str) -> PlainYaml:
    yaml = read_plain_yaml(text)
    if yaml.problems:
        raise SchemeFileError([_from_yaml(problem) for problem in yaml.problems])
    if not isinstance(yaml.data, dict):
        reason = "文件是空的" if yaml.data is None else "方案应是一组“键: 值”"
        raise SchemeFileError([SchemeProblem(1, "", reason)])
    return yaml


def _from_yaml(problem: YamlProblem) -> SchemeProblem:
    return SchemeProblem(problem.line, Problem(problem.path, "").place, problem.reason)


def _placed(problems: list[Problem], yaml: PlainYaml) -> list[SchemeProblem]:
    return [
        SchemeProblem(yaml.line_of(problem.path), problem.place, problem.reason)
        for problem in problems
    ]
