"""Who may do what in translations, as data."""

from __future__ import annotations

from typing import Any

from articles.enums import Role
from articles.permissions import DESK, EDITORS, roles_of

# Registers: model name → act → roles, as in ``articles.permissions``.
REGISTERS: dict[str, dict[str, frozenset[Role]]] = {
    "memoryentry": {"view": EDITORS, "add": EDITORS, "change": EDITORS, "delete": EDITORS},
    "term": {"view": DESK, "add": EDITORS, "change": EDITORS, "delete": EDITORS},
}


def may_register(user: Any, model: str, act: str) -> bool:
    """Whether *user* may view, add, change or delete in a register of the translation desk."""
    return bool(roles_of(user) & REGISTERS[model].get(act, frozenset()))
