"""Django's admin classes, which are generic for the type checker only."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.forms.models import BaseInlineFormSet, ModelChoiceField, ModelMultipleChoiceField

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    BaseModelAdmin = admin.options.BaseModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
    ModelForm = forms.ModelForm[Any]
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
    GenericInlineFormSet = BaseGenericInlineFormSet[Any, Any]
    ChoiceField = ModelChoiceField[Any]
    MultipleChoiceField = ModelMultipleChoiceField[Any]
else:
    ModelAdmin = admin.ModelAdmin
    BaseModelAdmin = admin.options.BaseModelAdmin
    TabularInline = admin.TabularInline
    StackedInline = admin.StackedInline
    ModelForm = forms.ModelForm
    InlineFormSet = BaseInlineFormSet
    GenericInlineFormSet = BaseGenericInlineFormSet
    ChoiceField = ModelChoiceField
    MultipleChoiceField = ModelMultipleChoiceField

__all__ = [
    "BaseModelAdmin",
    "ChoiceField",
    "GenericInlineFormSet",
    "GenericTabularInline",
    "InlineFormSet",
    "ModelAdmin",
    "ModelForm",
    "MultipleChoiceField",
    "StackedInline",
    "TabularInline",
]
