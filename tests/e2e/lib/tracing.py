"""The kernel's own record of what a broker's rings, its files and their device did: tracefs, in an instance of its own.

An instance has its own buffers, filters and switches, so nobody else who traces on this machine is disturbed. Events are stamped
by the clock `counter`: no time, but one count for all CPUs, so that the order of any two events is beyond doubt."""
import glob
import os
import re
import subprocess

from .report import Failure, Skip

MOUNT = "/sys/kernel/tracing"
BUFFERS_KIB, BUFFER_KIB = 64 << 10, 8 << 10  # of all CPUs together; of each at least
RING = ["io_uring/io_uring_submit_req", "io_uring/io_uring_file_get", "io_uring/io_uring_complete"]
FILE = ["iomap/iomap_dio_rw_begin", "iomap/iomap_dio_complete"]
DEVICE = ["block/block_rq_issue", "block/block_rq_complete"]
LINE = re.compile(r"\s*(?P<task>.+)-(?P<thread>\d+)\s+\[\d+\]\s+\S+\s+(?P<at>\d+): (?P<name>\w+): (?P<text>.*)")
TELLING = ("ext2/ext3", "xfs", "btrfs", "f2fs")  # their direct I/O goes through iomap, which has tracepoints
FLUSH = "FF"  # how the block layer writes a request that is a flush and nothing else


class Event:
    """One line of the trace. `at` orders events; `fields` are the words of the line: name value, name value."""

    __slots__ = ("at", "thread", "name", "fields")

    def __init__(self, at, thread, name, **fields):
        self.at, self.thread, self.name, self.fields = at, thread, name, fields

    def __getitem__(self, field):
        return self.fields[field]

    def __repr__(self):
        return f"{self.at}: {self.name} {self.fields}"


WANTED = {
    "io_uring_submit_req": r"ring (?P<ring>\S+), req (?P<req>\S+), .*opcode (?P<opcode>\w+),",
    "io_uring_file_get": r"ring (?P<ring>\S+), req (?P<req>\S+), .*fd (?P<fd>-?\d+)",
    "io_uring_complete": r"ring (?P<ring>\S+), req (?P<req>\S+), .*result (?P<result>-?\d+),",
    "iomap_dio_rw_begin": r".*ino (?P<inode>\S+) .*offset (?P<pos>\S+) length (?P<bytes>\S+) .*flags (?P<flags>\S*) dio_flags",
    "iomap_dio_complete": r".*ino (?P<inode>\S+) .*offset (?P<pos>\S+) flags (?P<flags>\S*) aio .*ret (?P<result>-?\d+)",
    "block_rq_issue": r"\S+ (?P<kind>\w+) ",
    "block_rq_complete": r"\S+ (?P<kind>\w+) .*\[(?P<error>-?\d+)\]",
}
WANTED = {name: re.compile(pattern) for name, pattern in WANTED.items()}
WORDS = ("opcode", "flags", "kind", "ring", "req")  # the rest are numbers


def parse(line):
    """An Event; None for a line that is not one of ours."""
    head = LINE.match(line)
    if head is None or head["name"] not in WANTED:
        return None
    body = WANTED[head["name"]].match(head["text"])
    if body is None:
        raise Failure(f"this kernel writes {head['name']} in another way: {head['text']}")
    fields = {k: v if k in WORDS else int(v, 0) for k, v in body.groupdict().items()}
    return Event(int(head["at"]), int(head["thread"]), head["name"], **fields)


def disk_of(inode_device):
    """(number of the whole disk as the kernel's filters write it, None), or (None, why its flushes are not to be seen)."""
    path = f"/sys/dev/block/{os.major(inode_device)}:{os.minor(inode_device)}"
    if os.major(inode_device) == 0 or not os.path.exists(path):
        return None, "the log directory is not on a block device of its own"
    path = os.path.realpath(path)
    if os.path.exists(os.path.join(path, "partition")):
        path = os.path.dirname(path)
    name = os.path.basename(path)
    if glob.glob(os.path.join(path, "slaves", "*")):
        return None, f"{name} is made of other devices"
    with open(os.path.join(path, "queue", "write_cache"), encoding="ascii") as f:
        cache = f.read().strip()
    if cache != "write back":
        return None, f"the kernel sends no flushes to {name}, whose write cache is {cache!r}"
    with open(os.path.join(path, "dev"), encoding="ascii") as f:
        major, minor = (int(x) for x in f.read().split(":"))
    return major << 20 | minor, None


def told_of(path):
    """None when the kernel tells of direct writes to files in this folder, or else why not."""
    done = subprocess.run(["stat", "-f", "-c", "%T", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    kind = done.stdout.decode().strip()
    return None if kind in TELLING else f"{path} is on {kind or 'an unknown file system'}, whose direct writes are not traced"


def tracefs():
    """The folder of tracefs; mounted where it belongs when it is not yet."""
    if os.geteuid() != 0:
        raise Skip("tracing the kernel needs root")
    if not os.path.exists(os.path.join(MOUNT, "instances")):
        subprocess.run(["mount", "-t", "tracefs", "nodev", MOUNT], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       check=False)
    if not os.access(os.path.join(MOUNT, "instances"), os.W_OK):
        raise Skip(f"no tracefs at {MOUNT}, and it cannot be mounted")
    for event in RING + FILE + DEVICE:
        if not os.path.exists(os.path.join(MOUNT, "events", event)):
            raise Skip(f"this kernel has no tracepoint {event}")
    if not os.path.exists(os.path.join(MOUNT, "options", "hash-ptr")):
        raise Skip("this kernel's trace cannot tell rings apart (no option hash-ptr)")
    return MOUNT


class Trace:
    """An instance of tracefs. with Trace(...) as t: t.start(...), t.stop() -> events."""

    def __init__(self):
        instances = os.path.join(tracefs(), "instances")
        for old in glob.glob(os.path.join(instances, "millrace-*")):
            if not os.path.exists(f"/proc/{old.rsplit('-', 1)[1]}"):
                os.rmdir(old)  # of a run that was killed
        self.folder = os.path.join(instances, f"millrace-{os.getpid()}")
        try:
            os.mkdir(self.folder)
        except OSError as e:
            raise Skip(f"no instance of tracefs: {e}") from None

    def __enter__(self):
        try:
            self._write("trace_clock", "counter")
            self._write("options/hash-ptr", "0")
            self._write("buffer_size_kb", str(max(BUFFERS_KIB // os.cpu_count(), BUFFER_KIB)))
        except OSError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._write("tracing_on", "0")
        self._write("events/enable", "0")
        os.rmdir(self.folder)

    def _write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="ascii") as f:
            f.write(text)

    def _switch(self, events, condition):
        for event in events:
            self._write(f"events/{event}/filter", condition)
            self._write(f"events/{event}/enable", "1")

    def rings(self, pid, warm_up):
        """The rings that the threads of a process submit to while warm_up() runs."""
        threads = os.listdir(f"/proc/{pid}/task")
        self._begin()
        self._switch(RING[:1], " || ".join(f"common_pid == {t}" for t in threads))
        warm_up()
        return {e["ring"] for e in self.stop()}

    def start(self, rings, inodes, disk):
        """Watch these rings, direct I/O on these files, and the flushes of this disk (None: not)."""
        self._begin()
        self._switch(RING, " || ".join(f"ctx == 0x{r}" for r in rings))
        self._switch(FILE, " || ".join(f"ino == {i}" for i in inodes))
        if disk is not None:
            self._switch(DEVICE, f'dev == {disk} && rwbs == "{FLUSH}"')

    def _begin(self):
        self._write("events/enable", "0")
        self._write("trace", "")
        self._write("tracing_on", "1")

    def stop(self):
        """Every event since start, in order."""
        self._write("tracing_on", "0")
        for path in glob.glob(os.path.join(self.folder, "per_cpu", "cpu*", "stats")):
            with open(path, encoding="ascii") as f:
                lost = {k: int(v) for k, v in re.findall(r"(overrun|dropped events): (\d+)", f.read())}
            if any(lost.values()):
                raise Failure(f"the trace lost events, its buffers were too small: {lost}")
        with open(os.path.join(self.folder, "trace"), encoding="utf-8", errors="replace") as f:
            events = [e for e in map(parse, f) if e is not None]
        return sorted(events, key=lambda e: e.at)
