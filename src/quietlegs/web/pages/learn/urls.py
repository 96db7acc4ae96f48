"""What works."""

from django.urls import path
from django.views.generic import TemplateView

from quietlegs.web.pages.learn import choosing, stage, stage_card, trying, views

app_name = "learn"

urlpatterns = [
    path("", views.index, name="index"),
    path("trial/", trying.trial, name="trial"),
    path("trial/stop/<uuid:start>/", trying.trial_stop, name="trial_stop"),
    path("stage/", stage.stage, name="stage"),
    path("stage/card/", stage_card.card, name="stage_card"),
    path("stage/undo/<uuid:decision>/", stage.stage_undo, name="stage_undo"),
    path("placebo/", TemplateView.as_view(template_name="learn/placebo.html"), name="placebo"),
    path("calm/", choosing.calm, name="calm"),
    path("calm/stop/<uuid:start>/", choosing.stop, name="stop"),
    path("calm/undo/<uuid:fact_id>/", choosing.undo, name="undo"),
]
