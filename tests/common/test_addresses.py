from common.addresses import absolute


def test_production_never_believes_the_host_header(rf, settings):
    settings.PRODUCTION, settings.PORTAL_URL = True, "https://portal.example.org"

    assert absolute(rf.get("/"), "login") == "https://portal.example.org/login"


def test_a_local_portal_answers_as_it_was_asked(rf, settings):
    settings.PRODUCTION = False

    assert absolute(rf.get("/"), "login") == "http://testserver/login"
