"""Tasks, documents, messages and invoices among an exhibitor's own pages."""

from django.urls import path

from exhibitors.views import documents, invoices, messages, tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/", tasks.task, name="tasks_one"),
    path("tasks/<int:pk>/file/", tasks.file, name="tasks_file"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<uuid:uid>/", documents.file, name="documents_file"),
    path("messages/", messages.messages, name="messages"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/pdf/", invoices.paper, name="invoices_pdf"),
    path("receipts/<int:pk>/", invoices.receipt, name="invoices_receipt"),
]
