"""The addresses of line A."""

from django.urls import path

from signatories import views

app_name = "signatories"
urlpatterns = [
    path("organisaties/", views.OrganisationList.as_view(), name="organisation-list"),
    path("organisaties/export.csv", views.OrganisationList.as_view(as_csv=True), name="organisation-export"),
    path("organisaties/<str:key>/", views.organisation_detail, name="organisation-detail"),
    path("beheer/vertegenwoordigers/", views.RepresentativeList.as_view(), name="representative-list"),
    path("beheer/vertegenwoordigers/nieuw/", views.representative_new, name="representative-new"),
    path("beheer/vertegenwoordigers/<int:pk>/einde/", views.representative_end, name="representative-end"),
    path("ondertekenaars/", views.SignatoryList.as_view(), name="signatory-list"),
    path("ondertekenaars/export.csv", views.SignatoryList.as_view(as_csv=True), name="signatory-export"),
    path("ondertekenaars/<slug:manifest>/<slug:slug>/", views.signature_detail, name="signature-detail"),
]
