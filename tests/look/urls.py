"""The addresses the frame itself names; the gallery needs no app."""

from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path("login", views.LoginView.as_view(), name="login"),
    path("logout", views.LogoutView.as_view(), name="logout"),
    path("password", views.PasswordChangeView.as_view(), name="password_change"),
]
