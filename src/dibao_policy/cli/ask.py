"""`dibao ask`: what is known of a household while facts are missing, and what to ask next."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from dibao_policy.cli.options import (
    echo_json,
    fail,
    form_options,
    on_option,
    policy_argument,
    read_given,
)
from dibao_policy.explain.screening_words import screening_json, screening_text
from dibao_policy.folders import load
from dibao_policy.problem import Language, PolicyError
