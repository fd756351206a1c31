"""What documents register with Wagtail."""

from wagtail_modeladmin.options import modeladmin_register

from campaign.documents.admin import DocumentsGroup

modeladmin_register(DocumentsGroup)
