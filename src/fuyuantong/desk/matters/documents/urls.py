"""The addresses of documents of one matter."""

from django.urls import path

from fuyuantong.desk.matters.documents.files import document_file, document_page
from fuyuantong.desk.matters.documents.page import document, document_act, new_document

VERSION = "document/<uuid:document>/<int:version>"

urlpatterns = [
    path("document", new_document, name="new-document"),
    path("document/<uuid:document>", document, name="document"),
    path("document/<uuid:document>/act", document_act, name="document-act"),
    path(f"{VERSION}/page/<int:page>", document_page, name="document-page"),
    path(f"{VERSION}/pdf", document_file, {"form": "pdf"}, name="document-pdf"),
    path(f"{VERSION}/docx", document_file, {"form": "docx"}, name="document-docx"),
]
