"""Line B: the buyer groups."""

from django.urls import path

from buyergroups import views

app_name = "buyergroups"
urlpatterns = [
    path("", views.BuyerGroupList.as_view(), name="group-list"),
    path("export.csv", views.BuyerGroupList.as_view(as_csv=True), name="group-export"),
    path("<slug:slug>/", views.group_detail, name="group-detail"),
]
