"""Policy-as-code for social assistance: exact, dated, explained.

`load` reads a policy folder, `policy.on(day)` is the evaluator of one day, `decide` and `explain` take one household.
"""

from dibao_policy.explain.data import account_json
from dibao_policy.explain.notice import account_text
from dibao_policy.folders import check_folder, load
from dibao_policy.model.layers import PolicyText
from dibao_policy.policy import Decision, Policy, Snapshot, compile_policy
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.text import Source

__version__ = "0.1.0"

__all__ = [
    "Decision",
    "Policy",
    "PolicyError",
    "PolicyText",
    "Problem",
    "Snapshot",
    "Source",
    "account_json",
    "account_text",
    "check_folder",
    "compile_policy",
    "load",
]
