from django.urls import path

from policies import views

app_name = "policies"
urlpatterns = [
    path("policies/", views.PolicyList.as_view(), name="list"),
    path("policies/<slug:slug>/", views.PolicyPage.as_view(), name="detail"),
    path("services/", views.ServiceList.as_view(), name="services"),
    path("services/<slug:slug>/", views.ServicePage.as_view(), name="service"),
    path("programmes/", views.ProgrammeList.as_view(), name="programmes"),
    path("programmes/<slug:slug>/", views.ProgrammePage.as_view(), name="programme"),
    path("benefits/", views.BenefitList.as_view(), name="benefits"),
]
