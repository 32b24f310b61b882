"""`manage.py demo`: invented people, four campaigns with two closed quarters and a running one."""
