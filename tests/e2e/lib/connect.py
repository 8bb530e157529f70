"""Kafka Connect and MirrorMaker 2, unmodified, each worker a JVM of its own from the peer's jars.

A worker has a folder: worker.properties, worker.log (all that it said, appended to at every start). It is ended with its
suite. Connectors are asked for over REST."""
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request

from . import toolchain
from .report import Failure
from .target import wait_for

DISTRIBUTED = "org.apache.kafka.connect.cli.ConnectDistributed"
STANDALONE = "org.apache.kafka.connect.cli.ConnectStandalone"
MIRROR_MAKER = "org.apache.kafka.connect.mirror.MirrorMaker"
START_S = 300  # of a worker on a busy machine; it takes some seconds else
ASK_S = 120  # a worker answers some requests only after 90 s
# The root is at INFO: some of what is promised (no authorizer: no ACLs are mirrored) is told there alone.
LOG4J = """<Configuration status="WARN">
  <Appenders><Console name="err" target="SYSTEM_ERR"><PatternLayout pattern="[%d] %p %m (%c)%n"/></Console></Appenders>
  <Loggers>
    <Root level="INFO"><AppenderRef ref="err"/></Root>
    <Logger name="org.apache.kafka.clients" level="WARN"/>
    <Logger name="org.apache.kafka.common" level="WARN"/>
    <Logger name="org.eclipse.jetty" level="WARN"/>
  </Loggers>
</Configuration>
"""


def jars():
    return toolchain.run([toolchain.PEER, "classpath"], "peer setup").strip().splitlines()[-1]


class Refused(Failure):
    """A connector's REST interface answered with an error; status is HTTP's."""

    def __init__(self, status, text):
        super().__init__(f"status {status}: {text}")
        self.status = status


class Worker:
    """One JVM with Connect in it; more: the files (of connectors, of MirrorMaker) that follow on its command line."""

    def __init__(self, run, name, main, properties, port=None, more=()):
        self.folder = os.path.join(run.folder, name)
        self.name, self.main, self.more, self.port = name, main, list(more), port
        self.log_path = os.path.join(self.folder, "worker.log")
        self.config_path = os.path.join(self.folder, "worker.properties")
        self.process = None
        os.makedirs(self.folder, exist_ok=True)
        self.configure(properties)
        with open(os.path.join(self.folder, "log4j2.xml"), "w", encoding="utf-8") as f:
            f.write(LOG4J)
        run.drivers.append(self)  # the run ends it with the suite's clients

    id = property(lambda self: f"127.0.0.1:{self.port}")

    def configure(self, properties):
        with open(self.config_path, "w", encoding="utf-8") as f:
            f.writelines(f"{k}={v}\n" for k, v in properties.items())

    def start(self):
        """Without waiting."""
        java = toolchain.program("java", "openjdk-17-jdk-headless")
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                 f"-Dlog4j2.configurationFile=file:{self.folder}/log4j2.xml", "-cp", jars(), self.main,
                 self.config_path, *self.more],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder)

    def log_text(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as f:
            return f.read()

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self):
        """A clean end; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(180)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"{self.name} did not end within 180 s: {self.log_path}") from None
        self.process = None
        return 0 if status in (0, 128 + signal.SIGTERM, -signal.SIGTERM) else status

    close = kill

    def check_alive(self):
        if self.process is None or self.process.poll() is not None:
            raise Failure(f"{self.name} has ended: {' | '.join(self.log_text().strip().splitlines()[-3:])}")

    def ask(self, method, path, body=None):
        """One request; the answer's JSON, or None. Refused, or OSError when nobody listens."""
        request = urllib.request.Request(
            f"http://{self.id}{path}", method=method, headers={"Content-Type": "application/json"},
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=ASK_S) as answer:
                text = answer.read().decode()
        except urllib.error.HTTPError as e:
            with e:
                raise Refused(e.code, e.read().decode(errors="replace")[:500]) from None
        return json.loads(text) if text else None

    def call(self, method, path, body=None, seconds=180, again=(409,)):
        """As ask(), and again while a worker cannot know: no leader yet, a rebalance is under way (409)."""
        last = None

        def once():
            nonlocal last
            self.check_alive()
            try:
                return (self.ask(method, path, body),)
            except Refused as e:
                if e.status not in again:
                    raise Failure(f"{method} {path} of {self.name}: {e}") from None
                last = e
            except OSError as e:
                last = e
            return None

        try:
            return wait_for("it", once, seconds, step=0.1)[0]
        except Failure:
            self.check_alive()
            raise Failure(f"{method} {path} of {self.name} was not answered within {seconds} s: {last}") from None

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def wait_ready(self):
        self.call("GET", "/connectors", seconds=START_S, again=(409, 404, 500, 503))


class Connectors:
    """What a cluster of workers runs, asked through any worker that lives."""

    def __init__(self, workers):
        self.workers = list(workers)

    @property
    def any(self):
        return next(w for w in self.workers if w.process is not None)

    def get(self, path, **more):
        return self.any.get(path, **more)

    def put(self, path, body=None, **more):
        return self.any.call("PUT", path, body, **more)

    def configure(self, name, **config):
        """Create it, or change it."""
        self.put(f"/connectors/{name}/config", {k.replace("__", "."): str(v) for k, v in config.items()})

    def status(self, name):
        """(state, [(state, worker) of each task])."""
        got = self.get(f"/connectors/{name}/status", again=(404, 409))
        return got["connector"]["state"], [(t["state"], t["worker_id"]) for t in got["tasks"]]

    def until(self, name, state="RUNNING", tasks=1, workers=None, seconds=180):
        """The connector and its tasks are in this state, on these workers."""
        seen = None

        def there():
            nonlocal seen
            seen = self.status(name)
            ids = {w.id for w in (workers or self.workers)}
            return seen[0] == state and len(seen[1]) == tasks and all(s == state and w in ids for s, w in seen[1])

        try:
            wait_for("it", there, seconds, step=0.1)
        except Failure:
            raise Failure(f"{name} is not {state} with {tasks} tasks after {seconds} s: {seen}") from None

    def at(self, name):
        """The worker that runs its first task."""
        worker = self.status(name)[1][0][1]
        return next(w for w in self.workers if w.id == worker)

    def set(self, name, state, path, tasks=1):
        self.put(f"/connectors/{name}/{path}")
        self.until(name, state, tasks)

    def pause(self, name):
        self.set(name, "PAUSED", "pause")

    def stop(self, name):
        self.set(name, "STOPPED", "stop", tasks=0)

    def resume(self, name):
        self.set(name, "RUNNING", "resume")

    def offsets(self, name):
        return self.get(f"/connectors/{name}/offsets")["offsets"]
