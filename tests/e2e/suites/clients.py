"""The client libraries, each through the story of lib/story.py."""
from lib import toolchain
from lib.story import ALL, Story


def _suite(name, command, expected, shape=None):
    def run(run):
        Story(run, run.driver(name, command()), expected, shape).tell()

    return run


SUITES = {
    "confluent": _suite("confluent", lambda: toolchain.python_driver("confluent", "confluent-kafka==2.16.1"), ALL),
}
