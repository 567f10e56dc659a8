"""Every address of the ledger of tasks."""

from django.urls import path

from fuyuantong.desk.obligations import acts, detail, importing, page, rule_page, taken_away

urlpatterns = [
    path("tasks", page.tasks_page, name="tasks"),
    path("tasks/export", taken_away.export, name="tasks-export"),
    path("tasks/print", taken_away.print_out, name="tasks-print"),
    path("tasks/import", importing.ledger_import, name="tasks-import"),
    path("tasks/import/columns", importing.ledger_columns, name="tasks-import-columns"),
    path("tasks/import/confirm", importing.ledger_confirm, name="tasks-import-confirm"),
    path("tasks/file/<int:pk>", acts.note_file, name="task-file"),
    path("tasks/<uuid:uid>", detail.task, name="task"),
    path("tasks/<uuid:uid>/note", acts.note, name="task-note"),
    path("tasks/<uuid:uid>/decide", acts.decide, name="task-decide"),
    path("tasks/<uuid:uid>/evidence", rule_page.task_rule, name="task-rule"),
]
