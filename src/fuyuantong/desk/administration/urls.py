"""Addresses of administration; every page but the overview belongs to one of the three administrators (parts.py)."""

from django.urls import path

from fuyuantong.desk.administration import (
    accounts,
    administrators,
    auditing,
    calendars,
    chains,
    dispatches,
    factors,
    importing,
    ledger_rules,
    organs,
    overview,
    settings,
    verification,
)

urlpatterns = [
    path("", overview.overview, name="administration"),
    path("organs", organs.organs, name="administration-organs"),
    path("organs/new", organs.new_organ, name="administration-new-organ"),
    path("organs/<str:code>", organs.organ_page, name="administration-organ"),
    path("accounts", accounts.accounts, name="administration-accounts"),
    path("accounts/new", accounts.new_account, name="administration-new-account"),
    path("accounts/of/<str:username>", accounts.account_page, name="administration-account"),
    path("import", importing.import_accounts, name="administration-import"),
    path("import/template", importing.import_template, name="administration-import-template"),
    path("security-log", auditing.security_log, name="administration-security-log"),
    path("settings", settings.settings_overview, name="administration-settings"),
    path("settings/terms/<path:key>", settings.term_page, name="administration-term"),
    path("settings/named/<path:key>", settings.named_page, name="administration-named"),
    path("settings/mechanisms", settings.mechanisms_page, name="administration-mechanisms"),
    path("settings/losses", settings.losses_page, name="administration-losses"),
    path("settings/tasks", ledger_rules.ledger_rules_page, name="administration-ledger-rules"),
    path("settings/ladder", settings.ladder_page, name="administration-ladder"),
    path("chains", chains.chains_overview, name="administration-chains"),
    path("chains/<str:code>", chains.chains_of_organ, name="administration-chain"),
    path("calendar", calendars.calendars, name="administration-calendar"),
    path("factors", factors.factors, name="administration-factors"),
    path("administrators", administrators.administrators, name="administration-administrators"),
    path("verification", verification.verification, name="administration-verification"),
    path("readings", auditing.sensitive_readings, name="administration-readings"),
    path("dispatches", dispatches.dispatches, name="administration-dispatches"),
    path("changes", auditing.directory_changes, name="administration-changes"),
]
