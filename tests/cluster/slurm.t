#!/usr/bin/python3 -B
"""samples/cluster/slurm.sh under Slurm: controller and node on this host, for this test alone.

`make check-cluster` runs it; it needs Debian's slurm-wlm and munge, and nothing of them running.
"""

import atexit
import json
import os
import pathlib
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conform"))
from lib.tap import ENV, ROLEPRESS, ROOT, done, equal, note, ok, rolepress, samples, says, scratch

os.environ["PATH"] += ":/usr/sbin:/sbin"
ENV["PATH"] = os.environ["PATH"]
missing = [name for name in ("munged", "slurmctld", "slurmd", "sbatch") if shutil.which(name) is None]
if missing:
    print(f"1..0 # SKIP {', '.join(missing)} not installed: apt-get install slurm-wlm munge")
    sys.exit(0)

folder = scratch()
folder.chmod(0o755)
user = pwd.getpwuid(os.geteuid()).pw_name
host = socket.gethostname().split(".")[0]
ports = []
for _ in range(2):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        ports.append(free.getsockname()[1])

for name in "state", "spool", "munge":
    (folder / name).mkdir(mode=0o700)
(folder / "munge").chmod(0o711)
key = folder / "munge/key"
key.write_bytes(secrets.token_bytes(128))
key.chmod(0o400)
unified = pathlib.Path("/sys/fs/cgroup/cgroup.controllers").exists()
(folder / "cgroup.conf").write_text(f"CgroupPlugin={'autodetect' if unified else 'cgroup/v1'}\n")
(folder / "slurm.conf").write_text(f"""
ClusterName=rolepress
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
NodeName={host} NodeAddr=127.0.0.1 CPUs={min(os.cpu_count(), 2)} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES State=UP
""")
ENV["SLURM_CONF"] = str(folder / "slurm.conf")

daemons = []


def stop():
    for daemon in reversed(daemons):
        daemon.send_signal(signal.SIGTERM)
        try:
            daemon.wait(timeout=10)
        except subprocess.TimeoutExpired:
            daemon.kill()


atexit.register(stop)


def start(*command):
    log = open(folder / f"{command[0]}.out", "wb")
    daemons.append(subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, env=ENV))


def ready(holds, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.3)
    return False


def shown(*command):
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=ENV).stdout


start("munged", "--foreground", "--force", "--key-file", key, "--socket", folder / "munge/socket", "--log-file", folder / "munge/log",
      "--pid-file", folder / "munge/pid", "--seed-file", folder / "munge/seed")
ready((folder / "munge/socket").exists)
start("slurmctld", "-D", "-c")
start("slurmd", "-D", "-N", host)
up = ready(lambda: "idle" in shown("sinfo", "--noheader", "--format=%T"))
if not ok(up, "Slurm runs here"):
    for log in sorted(folder.glob("*.log")) + sorted(folder.glob("*.out")) + [folder / "munge/log"]:
        if log.exists():
            note(f"{log.name}:", log.read_text(errors="replace").splitlines()[-15:])
    done()

lines = folder / "roles.jsonl"
texts = [path.read_text(encoding="utf-8") for path in samples()] * 4
lines.write_text("".join(json.dumps({"path": f"r{n}.md", "text": text, "n": n}) + "\n" for n, text in enumerate(texts)))
one = rolepress("stream", "-t", "man", input=lines.read_text())
result = subprocess.run(["sbatch", "--array=1-4", "--mem=0", "--wait", f"--output={folder}/task-%a.out",
                         str(ROOT / "samples/cluster/slurm.sh"), str(lines), str(folder / "parts"), "-t", "man"],
                        capture_output=True, encoding="utf-8", env={**ENV, "ROLEPRESS": ROLEPRESS}, timeout=120)
parts = sorted((folder / "parts").glob("*"))
equal([part.name for part in parts], [f"part-{n:05}.jsonl" for n in range(1, 5)], "each task has left its part",
      says(result) + "".join(path.read_text() for path in folder.glob("task-*.out")))
ok("".join(part.read_text() for part in parts) == one.stdout, "the parts are what one process writes")
ok(sum(1 for part in parts if part.stat().st_size) > 1, "of which several have something")
# A task's worst status is the job's.
equal(result.returncode, one.returncode, "and how it went is told", says(result))

# ---- One handbook: three jobs ----

roles = folder / "roles"
roles.mkdir()
for n in range(40):
    (roles / f"r{n}.md").write_text(f"# Role {n}\n\nSee [another](r{(n * 7) % 40}.md).\n\n## Tasks\n\nMany.\n")
alone = folder / "alone.epub"
rolepress(roles, "-o", alone)
result = subprocess.run([str(ROOT / "samples/cluster/handbook-slurm.sh"), "4", str(folder / "work"), str(folder / "many.epub"),
                         str(roles)], capture_output=True, encoding="utf-8", cwd=folder,
                        env={**ENV, "ROLEPRESS": ROLEPRESS, "SBATCH_MEM_PER_NODE": "0"}, timeout=180)
equal(result.returncode, 0, "a handbook is read, rendered and bound", says(result))
equal(len(list((folder / "work").glob("part-*"))), 4, "each task has rendered its share", says(result))
ok((folder / "many.epub").is_file() and (folder / "many.epub").read_bytes() == alone.read_bytes(),
   "and it is what one process makes")
done()
