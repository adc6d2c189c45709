"""The addresses of freezing, of parcels and of the proof."""

from django.urls import path

from reports.views import parcels, proving

urlpatterns = [
    path("controleren/", proving.proof, name="proof"),
    path("<slug:slug>/pakket/", parcels.letter_parcels, name="letter-parcels"),
    path("<slug:slug>/pakket/maken/", parcels.parcel_build, name="parcel-build"),
    path("<slug:slug>/pakket/<int:number>/", parcels.parcel_detail, name="parcel-detail"),
    path("<slug:slug>/pakket/<int:number>/voortgang/", parcels.parcel_progress, name="parcel-progress"),
    path("<slug:slug>/pakket/<int:number>/afbreken/", parcels.parcel_cancel, name="parcel-cancel"),
    path("<slug:slug>/pakket/<int:number>/alles.zip", parcels.parcel_zip, name="parcel-zip"),
    path("<slug:slug>/pakket/<int:number>/<str:name>", parcels.parcel_file, name="parcel-file"),
]
