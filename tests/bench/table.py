"""What was measured, as a Markdown table and as JSON."""
import datetime
import json
import os
import platform


def cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as f:
            return next(line.split(":", 1)[1].strip() for line in f if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


class Table:
    def __init__(self, tools):
        self.rows = []
        self.machine = {
            "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
            "cpu": cpu(), "cores": tools.cores,
            "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
            "system": f"{platform.system()} {platform.release()}",
            "versions": {name: tools.version(name) for name in ("rolepress", "cmark-gfm", "lowdown", "pandoc")},
        }

    def add(self, what, measured, against="", ratio=None, goal=None, least=False, unit="×", **more):
        """A row; goal: what the ratio should be at most, or at least."""
        met = None if goal is None or ratio is None else (ratio >= goal if least else ratio <= goal)
        self.rows.append({"what": what, "measured": measured, "against": against, "ratio": ratio,
                          "unit": unit, "goal": goal, "goal_is": "at least" if least else "at most", "met": met, **more})

    @staticmethod
    def ratio(row):
        if row["ratio"] is None:
            return ""
        r = row["ratio"]
        text = f"{r:.0f}" if r >= 20 else f"{r:.1f}" if r >= 5 else f"{r:.2f}"
        if row["unit"] == "%":
            text = f"{r * 100:.1f}"
        text += ("" if row["unit"] == "×" else " ") + row["unit"]
        return text if row["met"] is not False else f"{text} (goal: {row['goal_is']} {row['goal']})"

    def markdown(self):
        m = self.machine
        versions = "; ".join(version for version in m["versions"].values() if version)
        lines = [f"Measured on {m['date']} with {m['cpu']}, {m['cores']} cores, {m['memory_mb']} MB, {m['system']}; {versions}.", "",
                 "| what | rolepress | compared with | ratio |", "|------|-----------|---------------|------:|"]
        lines += [f"| {row['what']} | {row['measured']} | {row['against']} | {self.ratio(row)} |" for row in self.rows]
        return "\n".join(lines) + "\n"

    def json(self):
        return json.dumps({"machine": self.machine, "rows": self.rows}, indent=1, ensure_ascii=False) + "\n"
