"""The outcomes of cases as JUnit XML, for the systems that run tests. Needs the extra `junit`, junitparser."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

try:
    import junitparser
except ModuleNotFoundError:  # pragma: no cover - needs an environment without the extra
    sys.exit("dibao: --junit needs junitparser: pip install 'dibao-policy[junit]'")

from dibao_policy.cli.case_runs import Ran
from dibao_policy.cli.options import end_with
from dibao_policy.lawcraft.cases.report import CaseReport
from dibao_policy.problem import Language, one_line
from dibao_policy.writing import write_file


def write_junit(path: Path, ran: Sequence[Ran], lang: Language) -> None:
    """Write a suite for each policy; whole, or the file stays as it was."""
    found = junitparser.JUnitXml()
    for one in ran:
        code = one.folder.resolve().name
        suite = junitparser.TestSuite(code)
        if one.problems:
            # Nothing can be said of cases that could not be read: the suite shows that it is not whole.
            suite.add_testcase(_faulty(junitparser.TestCase(code, code), one, lang))
        for case in one.reports:
            suite.add_testcase(_case(junitparser.TestCase(case.name, case.file), case))
        found.add_testsuite(suite)
    # junitparser has no types for this one method.
    found.update_statistics()  # type: ignore[no-untyped-call]
    text = io.BytesIO()
    # `write` of junitparser would leave half a file where the disk is full.
    found.write(text)
    if unwritten := write_file(path, text.getvalue()):
        end_with(unwritten, lang)


def _faulty(test: junitparser.TestCase, ran: Ran, lang: Language) -> junitparser.TestCase:
    lines = [one_line(problem, lang) for problem in ran.problems]
    error = junitparser.Error(lines[0], ran.problems[0].code)
    error.text = "\n".join(lines)
    test.result = [error]
    return test


def _case(test: junitparser.TestCase, case: CaseReport) -> junitparser.TestCase:
    if case.problems:
        error = junitparser.Error(case.problems[0]["message"]["zh"], case.problems[0]["code"])
        error.text = case.problems_text
        test.result = [error]
    elif case.differences:
        failure = junitparser.Failure(
            case.differences[0].sentence, case.differences[0].data["kind"]
        )
        failure.text = "\n".join(
            "\n".join((told.sentence, *told.lines)) for told in case.differences
        )
        test.result = [failure]
    return test
