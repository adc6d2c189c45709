"""The addresses of freezing, of parcels and of the proof."""

from django.urls import path

from reports.views import freezing, parcels, proving

urlpatterns = [
    path("controleren/", proving.proof, name="proof"),
    path("<slug:slug>/bevriezen/", freezing.letter_freeze, name="letter-freeze"),
    path("<slug:slug>/bevriezen/nu/", freezing.freeze_drift, name="freeze-drift"),
    path("<slug:slug>/bevriezen/<int:number>/", freezing.freeze_detail, name="freeze-detail"),
    path("<slug:slug>/cijfers/<str:key>/", freezing.letter_figure, name="letter-figure"),
    path(
        "<slug:slug>/versies/<int:number>/cijfers/<str:key>/",
        freezing.version_figure,
        name="version-figure",
    ),
    path("<slug:slug>/pakket/", parcels.letter_parcels, name="letter-parcels"),
    path("<slug:slug>/pakket/maken/", parcels.parcel_build, name="parcel-build"),
    path("<slug:slug>/pakket/<int:number>/", parcels.parcel_detail, name="parcel-detail"),
    path("<slug:slug>/pakket/<int:number>/voortgang/", parcels.parcel_progress, name="parcel-progress"),
    path("<slug:slug>/pakket/<int:number>/afbreken/", parcels.parcel_cancel, name="parcel-cancel"),
    path("<slug:slug>/pakket/<int:number>/alles.zip", parcels.parcel_zip, name="parcel-zip"),
    path("<slug:slug>/pakket/<int:number>/<str:name>", parcels.parcel_file, name="parcel-file"),
]
