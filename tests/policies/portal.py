from tests.policy import EVERYBODY, SIGNED_IN, Row

ROWS = [
    Row("healthz", allowed=EVERYBODY, content_type="application/json", marker='"database": "ok"'),
    Row("metrics", exempt="404 without the monitor's token: tests/system"),
    Row(
        "login", exempt="open to the public, a redirect for others: tests/branches/test_sign_in.py"
    ),
    Row("logout", allowed=SIGNED_IN, methods="POST", data=lambda world: {}),
]
