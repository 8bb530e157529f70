"""A client that we did not write, behind one small interface.

A driver is a program that gets the bootstrap address as its argument, says one line {"client": ..., "version": ...,
"codecs": [...], "can": [...]}, and then answers each line of its input (a JSON object with "op") by one line of output:
a JSON object, with "error" (text) when the client reported one. The operations are listed in drivers/README.md."""
import json
import subprocess
import threading

from .report import Failure

PATIENCE_S = 180  # for a word of the driver: a JVM alone takes 20 s to start on a busy machine


class Refused(Failure):
    """The client answered with an error."""


class Driver:
    def __init__(self, name, command, address, log_path):
        self.name = name
        self.log = open(log_path, "ab")
        self.process = subprocess.Popen(command + [address], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.log)
        hello = self._answer(PATIENCE_S)
        self.client, self.version = hello["client"], hello["version"]
        self.codecs, self.can = hello["codecs"], set(hello["can"])

    def _answer(self, seconds):
        # A client that hangs must not hang the run: a timer ends the program, and the read below sees its end.
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            line = self.process.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            raise Failure(f"the driver {self.name} ended (or hung for {seconds} s); see {self.log.name}")
        return json.loads(line)

    def ask(self, op, seconds=PATIENCE_S, **arguments):
        if self.process.poll() is not None:
            raise Failure(f"the driver {self.name} is gone; see {self.log.name}")
        arguments["op"] = op
        self.process.stdin.write(json.dumps(arguments).encode() + b"\n")
        self.process.stdin.flush()
        return self._answer(seconds)

    def do(self, op, seconds=PATIENCE_S, **arguments):
        answer = self.ask(op, seconds, **arguments)
        if "error" in answer:
            raise Refused(f"{self.name} {op}: {answer['error']}")
        return answer

    def close(self):
        try:
            self.process.stdin.close()
            self.process.wait(10)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.log.close()
