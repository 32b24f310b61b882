"""A scheme document as YAML text that people read and edit."""

from decimal import Decimal

import yaml

from campaigns.models.document import SchemeDocument

LINE = 96
HEADER = "# {name}\n# 格式说明见 docs/schemes.md\n"


class _PlanDumper(yaml.SafeDumper):
    """Short things on one line, the rest one under the other; nothing by reference."""

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def as_yaml(document: SchemeDocument) -> str:
    content = {"format": document.format} | document.model_dump(exclude_defaults=True)
    text = yaml.dump(
        content, Dumper=_PlanDumper, allow_unicode=True, sort_keys=False, width=LINE * 4
    )
    return HEADER.format(name=document.name) + text


def _fits_one_line(values) -> bool:
    if any(isinstance(value, dict | list | tuple) for value in values):
        return False
    return sum(len(str(value)) + 4 for value in values) <= LINE


def _represent_list(dumper, data):
    return dumper.represent_sequence(
        "tag:yaml.org,2002:seq", data, flow_style=_fits_one_line(data) and len(data) > 0
    )


def _represent_mapping(dumper, data):
    short = _fits_one_line([*data, *data.values()]) and 0 < len(data) <= 5
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=short)


def _represent_number(dumper, number):
    if number == number.to_integral_value():
        return dumper.represent_int(int(number))
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(number, "f"))


_PlanDumper.add_representer(list, _represent_list)
_PlanDumper.add_representer(tuple, _represent_list)
_PlanDumper.add_representer(dict, _represent_mapping)
_PlanDumper.add_representer(Decimal, _represent_number)
