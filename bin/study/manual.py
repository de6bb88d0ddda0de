"""The manual page of mission_rates_study, made from what --help says: manual.py > mission_rates_study.1"""

import arguments


def plain(text):
    """Text as roff: a backslash, and a dot or an apostrophe that begins a line, are no commands; - is a minus sign."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").splitlines()
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def names(action):
    """An option as it is written."""
    value = action.metavar or action.dest.upper()
    value = f"[\\fI{plain(value)}\\fR]" if action.nargs == "?" else f"\\fI{plain(value)}\\fR"
    return ", ".join(f"\\fB{plain(option)}\\fR" + (f" {value}" if action.nargs != 0 else "")
                     for option in action.option_strings)


def options(parser):
    """The options, by group."""
    parts = []
    for group in parser._action_groups:
        if group._group_actions:
            parts.append(f".SS {plain(group.title.capitalize())}")
        parts += [f".TP\n{names(action)}\n{plain(action.help)}" for action in group._group_actions]
    return "\n".join(parts)


def manual():
    """The page."""
    parser = arguments.make_parser()
    synopsis = "\n.br\n".join(plain(usage) for usage in arguments.USAGES)
    examples = plain("\n".join(line.strip() for line in arguments.EXAMPLES.splitlines()))
    return f"""\
.TH MISSION_RATES_STUDY 1 "" "mission_rates {plain(arguments.version())}" "User commands"
.SH NAME
{plain(arguments.PROGRAM)} \\- rate study, rate sheet and bill calculator of a city's water and sewer rates
.SH SYNOPSIS
{synopsis}
.SH DESCRIPTION
{plain(arguments.DESCRIPTION)}
.PP
{plain(arguments.NOTES)}
.SH OPTIONS
{options(parser)}
.SH EXAMPLES
.nf
{examples}
.fi
.SH SEE ALSO
.BR psql (1)
.PP
doc/study.md in the documentation of mission_rates
"""


if __name__ == "__main__":
    print(manual(), end="")
