"""Coordination at its stated size, over the raw protocol: groups of many members (both protocols), many groups with committed
offsets, many transactions open at once; through kill -9; what one of each takes in memory; and the bounds, with what a client
sees there. MILLRACE_LONG=1: 1,000 members, 10,000 groups, 1,000 transactions; else a tenth, in some seconds."""
import os
import re
import resource
import signal
import struct
import uuid

from lib import batch, wire
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import wait_for
from lib.txn import WAIT, Txn

from .idle import rss_mib

LONG = os.environ.get("MILLRACE_LONG") == "1"
MEMBERS, GROUPS, TRANSACTIONS = (1000, 10_000, 1000) if LONG else (100, 1000, 100)
WRITTEN = 10  # partitions that transactions write to
TOPICS = 10_000 if LONG else 300
AT_ONCE = 100  # requests on their way on one connection
NOT_AVAILABLE, REBALANCE, MEMBER_ID_REQUIRED, GROUP_FULL = 15, 27, 79, 81


def resident_kib(broker):
    return rss_mib(broker.process.pid) * 1024


def many(conn, name, version, bodies):
    """Requests in their order, AT_ONCE on their way; the answers."""
    out = []
    for i in range(0, len(bodies), AT_ONCE):
        first = conn.correlation + 1
        for body in bodies[i : i + AT_ONCE]:
            conn.send(name, version, body)
        out += [conn.recv(name, version, first + k) for k in range(len(bodies[i : i + AT_ONCE]))]
    return out


def until_served(conn, name, version, bodies, error, seconds=60):
    """many(), where those that have to wait ask again. The answers, in order."""
    out, due = [None] * len(bodies), list(range(len(bodies)))

    def done():
        nonlocal due
        for i, got in zip(due, many(conn, name, version, [bodies[i] for i in due])):
            out[i] = got
        due = [i for i in due if error(out[i]) in WAIT]
        return not due

    wait_for(f"{name}: no more errors {WAIT}", done, seconds)
    return out


class Scale:
    """Each part has a broker of its own, so that memory that grows is that part's."""

    def __init__(self, run, part):
        self.run, self.part = run, part
        self.broker = run.broker(f"groups_scale/{part}", {
            "group.max.size": MEMBERS, "group.consumer.max.size": MEMBERS, "offsets.topic.num.partitions": 10,
            "transaction.state.log.num.partitions": 10, "log.segment.bytes": 16 << 20})
        self.broker.start()
        self.raw = Raw(self.broker.address)
        self.raw.create("t", WRITTEN, {"retention.ms": -1})  # its records are old

    def case(self, what):
        return self.run.report.case(f"groups_scale: {what}")

    def takes(self, what, before, count):
        """What has grown: with their records in the tail cache, and what a broker allocates once."""
        grown = (resident_kib(self.broker) - before) / count
        self.run.report.say(f"     {grown:.2f} KiB {what} ({count} of them, resident memory)")

    def coordinator(self, *names, kind=0):
        wait_for("the coordinators", lambda: all(c["error"] == 0 for c in self.raw.call(
            "FindCoordinator", 4, {"kind": kind, "keys": list(names)})["found"]), 60)

    def loaded(self, names):
        """Every group's coordinator serves; what is committed for each."""
        def ask():
            out = {}
            for i in range(0, len(names), 500):
                for g in self.raw.call("OffsetFetch", 8, {"groups": [
                        {"group": n, "topics": [{"name": "t", "partitions": [0]}]} for n in names[i : i + 500]]})["groups"]:
                    if g["error"] in WAIT:
                        return None
                    if g["error"] != 0:
                        raise Failure(f"OffsetFetch of {g['group']}: error {g['error']}")
                    out[g["group"]] = g["topics"][0]["partitions"][0]["offset"]
            return out

        return wait_for("the coordinators' logs", ask, 60)

    def crash(self):
        self.raw.close()
        self.broker.process.send_signal(signal.SIGKILL)
        self.broker.wait_exit()
        self.broker.start()

    # ---- a classic group ----

    def connections(self, count):
        """Each has said hello, so that what follows is not theirs."""
        conns = [wire.Conn(self.broker.address, timeout_s=60) for _ in range(count)]
        for c in conns:
            c.send("ApiVersions", 0)
        for c in conns:
            c.recv("ApiVersions", 0)
        return conns

    @staticmethod
    def join_body(group, member):
        return {"group": group, "session_ms": 300_000, "rebalance_ms": 300_000, "member": member, "type": "consumer",
                "protocols": [{"name": "range", "metadata": struct.pack(">hih1sii", 1, 1, 1, b"t", -1, 0)}]}

    def described(self, group):
        return self.raw.call("DescribeGroups", 5, {"groups": [group]})["groups"][0]

    def together(self, case, group, conns, ids, leader):
        """All but one join; when the group has them all, that one does. Then all sync. The generation."""
        rest = [i for i in range(len(conns)) if i != leader]
        for i in rest:
            conns[i].send("JoinGroup", 7, self.join_body(group, ids[i]))
        wait_for("a rebalance", lambda: self.described(group)["state"] == "PreparingRebalance", 60)
        joined = {leader: conns[leader].call("JoinGroup", 7, self.join_body(group, ids[leader]))}
        joined.update({i: conns[i].recv("JoinGroup", 7) for i in rest})
        case.equal({j["error"] for j in joined.values()}, {0}, "errors of JoinGroup")
        case.equal(len({j["generation"] for j in joined.values()}), 1, "generations")
        generation, head = joined[leader]["generation"], joined[leader]["leader"]
        leads = next(i for i in joined if joined[i]["member"] == head)
        case.equal({m["member"] for m in joined[leads]["members"]}, set(ids), "members that the leader is told of")
        shares = {m: struct.pack(">i", n) for n, m in enumerate(ids)}
        for i in range(len(conns)):
            conns[i].send("SyncGroup", 5, {
                "group": group, "generation": generation, "member": ids[i], "type": "consumer", "protocol": "range",
                "assignments": [{"member": m, "assignment": a} for m, a in shares.items()] if i == leads else []})
        synced = [c.recv("SyncGroup", 5) for c in conns]
        case.equal({s["error"] for s in synced}, {0}, "errors of SyncGroup")
        case.equal([s["assignment"] for s in synced], [shares[m] for m in ids], "shares")
        return generation

    def classic(self):
        group = "classic"
        self.coordinator(group)
        self.loaded([group])
        conns = self.connections(MEMBERS)
        with self.case(f"a classic group of {MEMBERS} members") as case:
            before = resident_kib(self.broker)
            for c in conns:
                c.send("JoinGroup", 7, self.join_body(group, ""))
            named = [c.recv("JoinGroup", 7) for c in conns]
            case.equal({n["error"] for n in named}, {MEMBER_ID_REQUIRED}, "errors of first joins")
            ids = [n["member"] for n in named]
            case.equal(conns[0].call("JoinGroup", 7, self.join_body(group, ids[0]))["error"], 0, "the first member's join")
            beat = {"group": group, "generation": self.together(case, group, conns, ids, 0)}
            if LONG:
                self.takes("a member of a classic group", before, MEMBERS)
            seen = self.described(group)
            case.equal((seen["state"], len(seen["members"])), ("Stable", MEMBERS), "the group as it is described")
        with self.case(f"group.max.size={MEMBERS}: one more gets GROUP_MAX_SIZE_REACHED, the others go on") as case:
            with wire.Conn(self.broker.address) as c:
                case.equal(c.call("JoinGroup", 7, self.join_body(group, ""))["error"], GROUP_FULL, "the join of one more")
            case.equal(conns[1].call("Heartbeat", 4, dict(beat, member=ids[1]))["error"], 0, "a heartbeat")
        with self.case("half of the classic group leaves in one request, the rest shares anew") as case:
            half = MEMBERS // 2
            left = self.raw.call("LeaveGroup", 5, {"group": group, "members": [{"member": m} for m in ids[half:]]})
            case.equal((left["error"], {m["error"] for m in left["members"]}), (0, {0}), "leaving")
            wait_for("word of the rebalance", lambda: conns[0].call(
                "Heartbeat", 4, dict(beat, member=ids[0]))["error"] == REBALANCE)
            self.together(case, group, conns[:half], ids[:half], 0)
        for c in conns:
            c.close()

    # ---- a consumer group ----

    def consumers(self):
        group, topic = "consumers", "wide"
        self.raw.create(topic, MEMBERS)
        self.coordinator(group)
        self.loaded([group])
        conn = wire.Conn(self.broker.address, timeout_s=60)
        ids = [str(uuid.UUID(int=i + 1)) for i in range(MEMBERS + 1)]
        state = {m: {"epoch": 0, "owned": []} for m in ids}

        def beat(members, **more):
            got = many(conn, "ConsumerGroupHeartbeat", 1, [{
                "group": group, "member": m, "epoch": state[m]["epoch"], "owned": state[m]["owned"], **more} for m in members])
            for m, a in zip(members, got):
                if a["error"] == 0 and "epoch" not in more:
                    state[m]["epoch"] = a["epoch"]
                    if a["assignment"] is not None:
                        state[m]["owned"] = a["assignment"]["owned"]
            return [a["error"] for a in got]

        def settled(members):
            """All in one epoch, each partition owned once."""
            errors = set(beat(members))
            if errors != {0}:
                raise Failure(f"heartbeats get {errors}")
            have = [p for m in members for o in state[m]["owned"] for p in o["partitions"]]
            return sorted(have) == list(range(MEMBERS)) and len({state[m]["epoch"] for m in members}) == 1

        with self.case(f"a group of {MEMBERS} members of the new protocol over {MEMBERS} partitions") as case:
            before, all_of = resident_kib(self.broker), ids[:MEMBERS]
            case.equal(set(beat(all_of, rebalance_ms=300_000, topics=[topic])), {0}, "joins")
            wait_for("everybody's share", lambda: settled(all_of), 120)
            if LONG:
                self.takes("a member of a consumer group", before, MEMBERS)
            case.equal([sum(len(o["partitions"]) for o in state[m]["owned"]) for m in all_of], [1] * MEMBERS, "shares")
            seen = self.raw.call("ConsumerGroupDescribe", 1, {"groups": [group]})["groups"][0]
            case.equal((seen["state"], len(seen["members"])), ("Stable", MEMBERS), "the group as it is described")
        with self.case(f"group.consumer.max.size={MEMBERS}: one more gets GROUP_MAX_SIZE_REACHED, the others go on") as case:
            case.equal(beat(ids[MEMBERS:], rebalance_ms=300_000, topics=[topic]), [GROUP_FULL], "the join of one more")
            epoch = state[ids[0]]["epoch"]
            case.true(settled(all_of), "nobody has lost anything")
            case.equal(state[ids[0]]["epoch"], epoch, "the epoch")
        with self.case("they leave all but one, which then has all partitions, also after kill -9") as case:
            case.equal(set(beat(ids[1:MEMBERS], epoch=-1)), {0}, "leaving")
            wait_for("the last one's share", lambda: settled(ids[:1]), 120)
            conn.close()
            self.crash()
            self.coordinator(group)
            self.loaded([group])
            conn = wire.Conn(self.broker.address, timeout_s=60)
            case.true(settled(ids[:1]), "it goes on")
            case.equal(beat(ids[:1], epoch=-1), [0], "its leaving")
        conn.close()

    # ---- an expression over many topics ----

    def expressions(self):
        group, member = "expressions", str(uuid.UUID(int=7))
        with self.case(f"an expression that stands for {TOPICS} topics, among others") as case:
            for kind, count in (("other", 100), ("many", TOPICS)):
                made = self.raw.call("CreateTopics", 7, {"timeout_ms": 120_000, "topics": [
                    {"name": f"{kind}-{i:05}", "partitions": 1, "replication": 1} for i in range(count)]})
                case.equal({t["error"] for t in made["topics"]}, {0}, "errors of CreateTopics")
            self.coordinator(group)
            self.loaded([group])
            state = {"epoch": 0}

            def beat(**more):
                got = self.raw.call("ConsumerGroupHeartbeat", 1, {"group": group, "member": member, "epoch": state["epoch"], **more})
                if got["error"] != 0:
                    raise Failure(f"a heartbeat gets {got['error']} {got['message']}")
                state["epoch"] = got["epoch"]
                return got["assignment"] and sum(len(o["partitions"]) for o in got["assignment"]["owned"])

            beat(rebalance_ms=60_000, regex="(many|never)-[0-9]+", owned=[])
            case.equal(wait_for("its share", beat, 120), TOPICS, "partitions that it is given")
            seen = self.raw.call("ConsumerGroupDescribe", 1, {"groups": [group]})["groups"][0]["members"][0]
            case.equal(sorted(t["name"] for t in seen["target"]["topics"]), [f"many-{i:05}" for i in range(TOPICS)], "topics")

    # ---- many groups ----

    def groups(self):
        names = [f"group-{i:05}" for i in range(GROUPS)]
        conn = wire.Conn(self.broker.address, timeout_s=60)
        self.coordinator(*names[:50])
        self.loaded(names[:50])

        def commit(offset):
            got = many(conn, "OffsetCommit", 8, [{"group": n, "topics": [{"name": "t", "partitions": [
                {"index": 0, "offset": offset + i, "metadata": ""}]}]} for i, n in enumerate(names)])
            return {a["topics"][0]["partitions"][0]["error"] for a in got}

        with self.case(f"{GROUPS} groups commit, again and again") as case:
            before = resident_kib(self.broker)
            case.equal(commit(0), {0}, "commits")
            if LONG:
                self.takes("a group with one committed offset", before, GROUPS)
            case.equal(commit(GROUPS), {0}, "second commits")
            case.equal(self.loaded(names), {n: GROUPS + i for i, n in enumerate(names)}, "what is committed")
            listed = {g["group"] for g in self.raw.call("ListGroups", 4, {})["groups"]}
            case.equal(len(listed & set(names)), GROUPS, "groups that are listed")
        conn.close()
        with self.case(f"{GROUPS} groups are there after kill -9, and can be deleted") as case:
            self.crash()
            self.coordinator(*names[:50])
            case.equal(self.loaded(names), {n: GROUPS + i for i, n in enumerate(names)}, "what is committed")
            gone = {r["error"] for i in range(0, GROUPS, 500) for r in self.raw.call(
                "DeleteGroups", 2, {"groups": names[i : i + 500]})["results"]}
            case.equal(gone, {0}, "deletions")
            case.equal(set(self.loaded(names).values()), {-1}, "what is left of them")

    # ---- many transactions ----

    def transactions(self):
        names = [f"txn-{i:04}" for i in range(TRANSACTIONS)]
        self.coordinator(*names[:50], kind=1)
        conn = wire.Conn(self.broker.address, timeout_s=60)
        starts = {p: self.raw.end("t", p) for p in range(WRITTEN)}
        with self.case(f"{TRANSACTIONS} transactions open at once") as case:
            before = resident_kib(self.broker)
            ids = until_served(conn, "InitProducerId", 4, [{"txn": n, "timeout_ms": 900_000} for n in names],
                               lambda got: got["error"])
            case.equal({i["error"] for i in ids}, {0}, "errors of InitProducerId")
            case.equal(len({i["id"] for i in ids}), TRANSACTIONS, "producer ids")
            if LONG:
                self.takes("a transactional id", before, TRANSACTIONS)
            who = [{"txn": n, "id": i["id"], "epoch": i["epoch"]} for n, i in zip(names, ids)]
            added = until_served(conn, "AddPartitionsToTxn", 3, [dict(w, topics=[{"name": "t", "partitions": [k % WRITTEN]}])
                                                                 for k, w in enumerate(who)],
                                 lambda got: got["topics"][0]["partitions"][0]["error"])
            case.equal({a["topics"][0]["partitions"][0]["error"] for a in added}, {0}, "errors of AddPartitionsToTxn")
            wrote = many(conn, "Produce", 9, [{"txn": w["txn"], "topics": [{"name": "t", "partitions": [{
                "index": k % WRITTEN, "records": batch.make([batch.Record(b"k", b"%d" % k, 1_700_000_000_000)], producer=w["id"],
                                                            epoch=w["epoch"], attributes=16, sequence=0)}]}]}
                for k, w in enumerate(who)])
            case.equal({a["topics"][0]["partitions"][0]["error"] for a in wrote}, {0}, "errors of Produce")
            if LONG:
                self.takes("a transactional id with an open transaction", before, TRANSACTIONS)
            case.equal(self.listed(names), {n: "Ongoing" for n in names}, "transactions that are listed")
            case.equal({p: self.raw.committed("t", p)["stable"] for p in range(WRITTEN)}, starts, "last stable offsets")
        conn.close()
        with self.case("after kill -9 they are open still; half of them commits, half aborts") as case:
            self.crash()
            self.coordinator(*names[:50], kind=1)
            wait_for("the transactions", lambda: self.listed(names) == {n: "Ongoing" for n in names}, 60)
            case.equal({p: self.raw.committed("t", p)["stable"] for p in range(WRITTEN)}, starts, "last stable offsets")
            conn = wire.Conn(self.broker.address, timeout_s=60)
            commits = [(k // WRITTEN) % 2 == 0 for k in range(TRANSACTIONS)]
            ended = until_served(conn, "EndTxn", 3, [dict(w, commit=c) for w, c in zip(who, commits)], lambda got: got["error"])
            case.equal({e["error"] for e in ended}, {0}, "errors of EndTxn")
            wait_for("the last marker", lambda: set(self.listed(names).values()) == {"CompleteCommit", "CompleteAbort"}, 60)
            for p in range(WRITTEN):
                seen = self.raw.committed("t", p)
                case.equal(seen["stable"], starts[p] + 2 * TRANSACTIONS // WRITTEN, f"last stable offset of {p}")
                case.equal({a[0] for a in seen["aborted"]}, {w["id"] for k, w in enumerate(who) if k % WRITTEN == p and not commits[k]},
                           f"producers of {p} whose records do not count")
            conn.close()

    def listed(self, names):
        return {t["txn"]: t["state"] for t in self.raw.call("ListTransactions", 1, {})["txns"] if t["txn"] in set(names)}

    def tell(self):
        getattr(self, self.part)()
        with self.case(f"a clean stop after {self.part}") as case:
            self.raw.close()
            case.equal(self.broker.stop(), 0, "status")
            if self.broker.kind == "millrace":
                status, said = self.broker.verify()
                case.equal(status, 0, f"millrace verify says {said[-400:]!r}; its status")


class Full:
    """millrace.memory.bytes as small as it may be: groups and transactions take an eighth of it, and no more."""

    METADATA, EACH = 4000, 50

    def __init__(self, run):
        self.run = run
        self.broker = run.broker("groups_scale_full", {
            "millrace.memory.bytes": 64 << 20, "offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 4})
        self.broker.start()
        self.raw = Raw(self.broker.address)
        self.raw.create("t", self.EACH)
        for kind in (0, 1):
            wait_for("the coordinators", lambda: all(c["error"] == 0 for c in self.raw.call(
                "FindCoordinator", 4, {"kind": kind, "keys": ["g", "x"]})["found"]))

    def commit(self, group, offset=1):
        got = self.raw.call("OffsetCommit", 8, {"group": group, "topics": [{"name": "t", "partitions": [
            {"index": p, "offset": offset, "metadata": "m" * self.METADATA} for p in range(self.EACH)]}]})
        errors = {p["error"] for p in got["topics"][0]["partitions"]}
        return errors.pop() if len(errors) == 1 else errors

    def committed(self, group):
        got = self.raw.call("OffsetFetch", 8, {"groups": [{"group": group, "topics": None}]})["groups"][0]
        return got["error"] or sorted({p["offset"] for p in got["topics"][0]["partitions"]})

    def tell(self):
        case = self.run.report.case
        with case("groups_scale: groups until there is no memory for more: COORDINATOR_NOT_AVAILABLE, and all else goes on") as c:
            taken, refused, before = [], 0, rss_mib(self.broker.process.pid)
            for i in range(400):
                name = f"g{i}"
                error = self.commit(name)
                if error in WAIT and error != NOT_AVAILABLE:
                    wait_for(f"the coordinator of {name}", lambda: self.commit(name) not in WAIT - {NOT_AVAILABLE})
                    error = self.commit(name)
                if error == 0:
                    taken.append(name)
                else:
                    c.equal(error, NOT_AVAILABLE, f"the commit of {name}")
                    refused += 1
                if refused > len(taken) + 20:
                    break
            c.true(len(taken) > 10 and refused > 10, f"{len(taken)} groups taken, {refused} refused")
            grown = rss_mib(self.broker.process.pid) - before
            c.true(grown < 64, f"{grown:.0f} MiB more are resident for {len(taken)} groups")
            told = len(re.findall(r"WARN.*groups and transactions take", self.broker.log_text()))
            c.true(1 <= told <= self.run.args.shards, f"{told} warnings, one for each full shard: {self.broker.log_tail()}")
            c.equal(self.commit(taken[0], 2), 0, "a commit of a group that is there")
            c.equal(self.committed(taken[0]), [2], "what it has committed")
            c.equal(self.raw.produce("t", 0, batch.make([batch.Record(b"k", b"v", 1_700_000_000_000)]))["error"], 0, "a produce request")
            refusal = {self.raw.call("InitProducerId", 4, {"txn": f"x{i}", "timeout_ms": 60_000})["error"] for i in range(40)}
            c.true(NOT_AVAILABLE in refusal and refusal <= {0} | WAIT, f"answers to new transactional ids: {refusal}")
        with case("groups_scale: what is loaded after kill -9 may be as much; groups that are deleted make room") as c:
            self.raw.close()
            self.broker.process.send_signal(signal.SIGKILL)
            self.broker.wait_exit()
            self.broker.start()
            wait_for("the groups", lambda: all(self.committed(g) in ([1], [2]) for g in taken))
            c.equal(sum(self.committed(g) in ([1], [2]) for g in taken), len(taken), "groups that are there")
            c.equal({r["error"] for r in self.raw.call("DeleteGroups", 2, {"groups": taken})["results"]}, {0}, "deletions")
            c.equal([self.commit(f"new{i}") for i in range(10)], [0] * 10, "commits of new groups")
            made = Txn(self.raw, "room")
            c.true(made.producer >= 0, "a new transactional id")
        self.raw.close()
        with case("groups_scale: the full broker stops cleanly") as c:
            c.equal(self.broker.stop(), 0, "status")


def _suite(run):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < MEMBERS + 200:
        raise Skip(f"needs {MEMBERS + 200} open files, the limit is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, MEMBERS + 200), hard))
    for part in ("classic", "consumers", "expressions", "groups", "transactions"):
        Scale(run, part).tell()
    if run.kind == "millrace":
        Full(run).tell()
    else:
        run.report.skip("groups_scale: memory of groups and transactions", "Kafka has no bound but its heap")


SUITES = {"groups_scale": _suite}
