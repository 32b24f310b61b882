from tests.policy import EVERYBODY, Row

ROWS = [
    Row("healthz", allowed=EVERYBODY, content_type="application/json", marker='"database": "ok"'),
    Row("metrics", objects=lambda world: {}, note="404 without the monitor's token, whoever asks"),
    Row("login", exempt="tests/branches/test_sign_in.py"),
    Row("logout", exempt="it would sign the walker out: tests/branches/test_sign_in.py"),
]
