from tests.policy import SIGNED_IN, Row

ROWS = [
    Row("supervision:today", allowed=SIGNED_IN, marker="今天要办"),
]
