"""`manage.py simulate`: a year of a plan, played by invented people through the actions, checked after each period."""
