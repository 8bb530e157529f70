"""How millrace starts: files and environment variables that people have for Kafka, refusals, signals."""
import os
import signal
import socket

from lib import wire
from lib.report import Skip
from lib.target import Millrace, free_port, wait_for

# The keys of a single node's server.properties, as introductions to KRaft show them.
FILE = """
# a comment
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:{controller}
listeners=PLAINTEXT://127.0.0.1:{inside},OUTSIDE://127.0.0.1:{outside},CONTROLLER://127.0.0.1:{controller}
inter.broker.listener.name=PLAINTEXT
advertised.listeners=PLAINTEXT://kafka.inside:{inside},OUTSIDE://localhost:{outside}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
socket.request.max.bytes=104857600
log.dirs={data}
num.partitions=3
num.recovery.threads.per.data.dir=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
log.retention.hours=168
log.retention.bytes=1073741824
log.segment.bytes=1073741824
log.retention.check.interval.ms=300000
"""


class Custom(Millrace):
    """Started by a file or by the environment instead of overrides."""

    def __init__(self, folder, arguments=(), environment=None, port=None, data=None):
        super().__init__(folder, data=data, port=port)
        self.arguments, self.environment = list(arguments), dict(environment or {})

    def command(self):
        plain = [f"{k}={v}" for k, v in self.environment.items()]
        return ["env", *plain, self.binary, "serve", *self.arguments]


class Start:
    def __init__(self, run):
        if run.kind != "millrace":
            raise Skip("about millrace's own start")
        if not os.path.exists(Millrace.binary):
            raise Skip(f"{Millrace.binary} is not built")
        self.run, self.made, self.own = run, 0, []

    def case(self, name):
        return self.run.report.case(f"start: {name}")

    def broker(self, arguments=(), environment=None, data=None):
        self.made += 1
        b = Custom(os.path.join(self.run.folder, f"start-{self.made}"), arguments, environment, data=data)
        self.run.brokers.append(b)
        self.own.append(b)
        return b

    def refused(self, case, arguments, *words, environment=None):
        """It must end by itself, with a status and these words."""
        b = self.broker(arguments, environment)
        b.spawn()
        code = b.wait_exit()
        text = b.log_text()
        case.true(code not in (0, None), f"{arguments} was accepted")
        case.true(code > 0, f"{arguments} ended by signal {-code}: {text[-300:]!r}")
        for w in words:
            case.true(w in text, f"{arguments}: {w!r} is not in {text[-400:]!r}")

    def tell(self):
        for step in (self.file, self.environment, self.refusals, self.second, self.neighbour,
                     lambda: self.signalled(signal.SIGTERM, "SIGTERM"), lambda: self.signalled(signal.SIGINT, "SIGINT")):
            failed = self.run.report.failed
            step()
            if self.run.report.failed == failed:
                self.clear()

    def clear(self):
        """Each of them has journals of the default size."""
        for b in self.own:
            b.clear()
            self.run.brokers.remove(b)
        self.own = []

    def advertised(self, port):
        with wire.Conn(f"127.0.0.1:{port}") as c:
            got = c.call("Metadata", 9, {"topics": []})["brokers"]
            return [[b["id"], b["host"], b["port"]] for b in got]

    def file(self):
        with self.case("a server.properties of a single KRaft node, each listener with its advertised name") as case:
            inside, outside, controller = free_port(), free_port(), free_port()
            b = self.broker()
            path = os.path.join(b.folder, "server.properties")
            with open(path, "w", encoding="utf-8") as f:
                f.write(FILE.format(inside=inside, outside=outside, controller=controller, data=b.data))
            b.arguments = [path, "--override", "num.partitions=5"]
            b.start()
            case.equal(self.advertised(inside), [[1, "kafka.inside", inside]], "through the first listener")
            case.equal(self.advertised(outside), [[1, "localhost", outside]], "through the second listener")
            with wire.Conn(f"127.0.0.1:{outside}") as c:
                c.call("Metadata", 9, {"topics": [{"name": "made"}], "auto_create": True})
                wait_for("the topic", lambda: c.call("Metadata", 9, {"topics": [{"name": "made"}]})["topics"][0]["error"] == 0)
                got = c.call("Metadata", 9, {"topics": [{"name": "made"}]})["topics"][0]["partitions"]
            case.equal(len(got), 5, "partitions: an override counts more than the file")
            case.equal(b.stop(), 0, "status")

    def environment(self):
        for prefix in ("KAFKA_CFG_", "KAFKA_"):
            with self.case(f"environment variables {prefix}*, as container images have them") as case:
                b = self.broker()
                b.environment = {
                    "KAFKA_ENABLE_KRAFT": "yes", "ALLOW_PLAINTEXT_LISTENER": "yes",
                    f"{prefix}PROCESS_ROLES": "broker,controller", f"{prefix}NODE_ID": "1",
                    f"{prefix}CONTROLLER_QUORUM_VOTERS": f"1@localhost:{b.port + 1}",
                    f"{prefix}CONTROLLER_LISTENER_NAMES": "CONTROLLER",
                    f"{prefix}LISTENERS": f"PLAINTEXT://127.0.0.1:{b.port},CONTROLLER://127.0.0.1:{b.port + 1}",
                    f"{prefix}ADVERTISED_LISTENERS": f"PLAINTEXT://broker.example:{b.port}",
                    f"{prefix}LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                    f"{prefix}AUTO_CREATE_TOPICS_ENABLE": "false", f"{prefix}NUM_PARTITIONS": "3",
                    f"{prefix}OFFSETS_TOPIC_REPLICATION_FACTOR": "1", f"{prefix}LOG_DIRS": b.data}
                b.start()
                case.equal(self.advertised(b.port), [[1, "broker.example", b.port]], "advertised")
                with wire.Conn(b.address) as c:
                    got = c.call("Metadata", 9, {"topics": [{"name": "never"}], "auto_create": True})["topics"][0]["error"]
                    case.equal(got, 3, "a topic that may not be made")
                case.equal(b.stop(), 0, "status")

    def refusals(self):
        with self.case("bad settings stop the start and are named") as case:
            data = os.path.join(self.run.folder, "start-refused")
            base = ["--override", f"log.dirs={data}", "--override", f"listeners=PLAINTEXT://127.0.0.1:{free_port()}"]
            for key, value in (("num.partitions", "many"), ("log.segment.bytes", "-1"), ("listeners", "NOSUCH//x"),
                               ("log.cleanup.policy", "shred"), ("millrace.shards", "0"), ("node.id", "-5"),
                               ("millrace.durability", "maybe")):
                self.refused(case, [*base, "--override", f"{key}={value}"], key, value)
            self.refused(case, [*base, "--override", "controller.quorum.voters=1@localhost:1,2@elsewhere:2"],
                         "controller.quorum.voters")
            self.refused(case, [*base, "--override", "metadata.log.dir=/proc/elsewhere"], "/proc/elsewhere")
            self.refused(case, ["/no/such/server.properties"], "/no/such/server.properties")
        with self.case("unknown keys are told, and do not hinder") as case:
            b = self.broker()
            b.arguments = ["--override", f"log.dirs={b.data}", "--override", f"listeners=PLAINTEXT://{b.address}", "--override",
                           "no.such.key=1"]
            b.start()
            case.true("no.such.key" in b.log_text(), "the log does not name the key")
            case.equal(b.stop(), 0, "status")
        with self.case("a relative log.dirs is shown whole") as case:
            b = self.broker()
            b.arguments = ["--override", f"log.dirs={os.path.relpath(b.data, b.folder)}/", "--override", f"listeners=PLAINTEXT://{b.address}"]
            b.start()
            case.true(f"log directory {os.path.abspath(b.data)} " in b.log_text(), "the start does not tell the directory")
            with wire.Conn(b.address) as c:
                case.equal([r["path"] for r in c.call("DescribeLogDirs", 4, {"topics": None})["dirs"]], [os.path.abspath(b.data)],
                           "the directory")
            case.equal(b.stop(), 0, "status")
        with self.case("a port in use is refused with its number") as case:
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                s.listen()
                port = s.getsockname()[1]
                self.refused(case, ["--override", f"log.dirs={data}", "--override", f"listeners=PLAINTEXT://127.0.0.1:{port}"],
                             str(port))

    def second(self):
        with self.case("a second broker on one directory is refused; the first goes on") as case:
            first = self.broker()
            first.arguments = ["--override", f"log.dirs={first.data}", "--override", f"listeners=PLAINTEXT://{first.address}"]
            first.start()
            self.refused(case, ["--override", f"log.dirs={first.data}", "--override",
                                f"listeners=PLAINTEXT://127.0.0.1:{free_port()}"], first.data)
            with wire.Conn(first.address) as c:
                case.equal(c.call("ApiVersions", 0)["error"], 0, "the first one's answer")
            case.equal(first.stop(), 0, "status")

    def neighbour(self):
        with self.case("a second broker on one port is refused, whatever its directory; the first goes on") as case:
            first = self.broker()
            first.arguments = ["--override", f"log.dirs={first.data}", "--override", f"listeners=PLAINTEXT://{first.address}",
                               "--override", "millrace.shards=2"]
            first.start()
            for where in (first.address, f":{first.address.rsplit(':', 1)[1]}"):
                other = self.broker()
                self.refused(case, ["--override", f"log.dirs={other.data}", "--override", f"listeners=PLAINTEXT://{where}"],
                             "cannot listen on", first.address.rsplit(":", 1)[1], "another broker")
                case.true(not os.path.exists(os.path.join(other.data, "meta.properties")), "the refused one left a directory")
            for _ in range(20):
                with wire.Conn(first.address) as c:
                    case.equal(c.call("ApiVersions", 0)["error"], 0, "the first one's answer")
            case.equal(first.stop(), 0, "status")

    def signalled(self, number, name):
        with self.case(f"{name} is a clean stop") as case:
            b = self.broker()
            b.arguments = ["--override", f"log.dirs={b.data}", "--override", f"listeners=PLAINTEXT://{b.address}"]
            b.start()
            for word in ("PLAINTEXT://", b.data, "ready in"):
                case.true(word in b.log_text(), f"the start does not tell {word!r}")
            b.process.send_signal(number)
            case.equal(b.wait_exit(), 0, "status")
            case.true(os.path.exists(os.path.join(b.data, ".kafka_cleanshutdown")), "no clean-shutdown file")


SUITES = {"start": lambda run: Start(run).tell()}
