"""Names that somebody typed or pasted, one a line, found in the campaign's tree."""

from django import forms

NAMES = forms.Textarea(attrs={"rows": 8})
SEPARATORS = ("\t", "，", ",")
MOST = 500


def lines_of(text):
    """[(name, what stands behind it)] of the lines that are not empty."""
    found = []
    for line in text.splitlines():
        for separator in SEPARATORS:
            line = line.replace(separator, "\t", 1)
        name, _, rest = line.partition("\t")
        if name.strip():
            found.append((name.strip(), rest.strip()))
    return found


class NamesField(forms.CharField):
    """Cleans to [(name, second column)]."""

    widget = NAMES

    def __init__(self, **kwargs):
        super().__init__(max_length=20_000, **kwargs)

    def clean(self, value):
        lines = lines_of(super().clean(value))
        if len(lines) > MOST:
            raise forms.ValidationError(f"一次最多 {MOST} 行，请分几次。")
        return lines


def found_in(directory, lines):
    """([(subject, rest)], [problems]) of typed lines; a name that stands twice is a problem too."""
    found, problems, seen = [], [], set()
    for name, rest in lines:
        subject, problem = directory.find(name)
        if problem:
            problems.append(problem)
        elif subject.pk in seen:
            problems.append(f"“{name[:40]}”写了两遍")
        else:
            seen.add(subject.pk)
            found.append((subject, rest))
    return found, problems
