"""What the kernel tells about processes, the machine and a directory's device: proc(5), sysfs."""
import os
import platform
import re


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read()
    except OSError:
        return ""


def cpu_s(pid):
    """CPU seconds of all threads so far, in nanosecond steps where the kernel keeps schedstat; ended threads are
    missing then, so this is for quiet spans. Loads are measured by the generator, from /proc/PID/stat."""
    total = 0
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            total += int(read(f"/proc/{pid}/task/{thread}/schedstat").split()[0])
    except (OSError, IndexError, ValueError):
        return None
    return total / 1e9


def memory_kib(pid, field="VmRSS"):
    found = re.search(rf"^{field}:\s+(\d+)", read(f"/proc/{pid}/status"), re.M)
    return int(found.group(1)) if found else None


def written_bytes(pid):
    """What the process has sent to storage (direct writes at once, the page cache's when they are made dirty); 0 if not told."""
    found = re.search(r"^write_bytes: (\d+)", read(f"/proc/{pid}/io"), re.M)
    return int(found.group(1)) if found else 0


def threads(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return None


def children(pid):
    """pid and all below it."""
    found = [pid]
    for p in found:
        for task in os.listdir(f"/proc/{p}/task") if os.path.isdir(f"/proc/{p}/task") else []:
            found += [int(c) for c in read(f"/proc/{p}/task/{task}/children").split()]
    return found


def listener(root_pid, port):
    """Which process at or below root_pid listens on the TCP port; None if none does."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in read(table).splitlines()[1:]:
            field = line.split()
            if field[3] == "0A" and int(field[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(field[9])
    for pid in children(root_pid):
        try:
            for fd in os.listdir(f"/proc/{pid}/fd"):
                link = os.readlink(f"/proc/{pid}/fd/{fd}")
                if link.startswith("socket:[") and link[8:-1] in inodes:
                    return pid
        except OSError:
            continue
    return None


def device_of(path):
    """(name, stat file) of the whole block device under a directory; (None, "") if there is none (tmpfs, overlay)."""
    number = os.stat(path).st_dev
    base = os.path.realpath(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}")
    if not os.path.isdir(base):
        return None, ""
    if os.path.exists(os.path.join(base, "partition")):  # flushes are counted for the whole device only
        base = os.path.dirname(base)
    name = os.path.basename(base)
    short = f"/sys/block/{name}/stat"
    return name, short if os.path.exists(short) else os.path.join(base, "stat")


def device_counts(stat_file):
    """(flushes, bytes written) so far, or None."""
    fields = read(stat_file).split() if stat_file else []
    return (int(fields[15]), int(fields[6]) * 512) if len(fields) > 15 else None


def read_bytes(pid):
    """Bytes that a process has had read from block devices so far; None where the kernel does not say."""
    found = re.search(r"^read_bytes: (\d+)", read(f"/proc/{pid}/io"), re.M)
    return int(found.group(1)) if found else None


def machine(path):
    """Facts about where it was measured, for the result."""
    cpu = re.search(r"^model name\s*:\s*(.*)$", read("/proc/cpuinfo"), re.M)
    name, _stat = device_of(path)
    queue = f"/sys/block/{name}/queue"
    mem = re.search(r"^MemTotal:\s+(\d+)", read("/proc/meminfo"), re.M)
    mount = max((line.split()[1:4] for line in read("/proc/mounts").splitlines()
                 if os.path.realpath(path).startswith(line.split()[1])), key=lambda m: len(m[0]), default=None)
    return {
        "kernel": platform.release(),
        "cpu": cpu.group(1) if cpu else platform.machine(),
        "cpus": os.cpu_count(),
        "memory_mib": int(mem.group(1)) // 1024 if mem else None,
        "governor": read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").strip() or None,
        "device": name,
        "write_cache": read(f"{queue}/write_cache").strip() or None,
        "scheduler": read(f"{queue}/scheduler").strip() or None,
        "filesystem": mount[1] if mount else None,
        "load_average": os.getloadavg(),
    }
