"""The replies of the served fake against the official OpenAPI document of today.

    pip install schemathesis
    cargo run -p talon-samples --example requests > requests.jsonl
    talon serve --port 8080 &
    TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key \\
        python replies.py integration.json requests.jsonl

Sends the sample of each operation, requests that schemathesis generates from the document, and one
request of each operation with a wrong key. Each reply must have a listed status and fit its schema.
`differences.json` lists the differences that are right, each with its reason. Exits with 1 if there
is another difference, if a listed one does not occur, or if no request of an operation succeeds.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from document import Document, Finding
from steering import PREPARATION, Steering

URL = os.environ["TALON_BASE_URL"]
KEY = {"Authorization": f"ApiKey-v1 {os.environ['TALON_API_KEY']}"}
WRONG_KEY = {"Authorization": "ApiKey-v1 wrong"}
# Requests of each kind that are generated for each operation.
EXAMPLES = int(os.environ.get("TALON_EXAMPLES", "40"))


class Run:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.session = requests.Session()
        self.statuses: dict[str, Counter] = {name: Counter() for name in document.operations}
        # The first reply with each difference.
        self.found: dict[Finding, str] = {}

    def check(self, operation: str, reply) -> None:
        self.statuses[operation][reply.status_code] += 1
        for finding in self.document.findings(operation, reply):
            request = reply.request
            shown = f"{request.method} {request.url} {request.body!r:.600} -> {reply.text:.1200}"
            self.found.setdefault(finding, shown)

    def reset(self) -> None:
        self.session.post(f"{URL}/_fake/reset").raise_for_status()

    def send(self, request: dict, headers: dict):
        body = {} if request["body"] is None else {"json": request["body"]}
        url = URL + request["target"]
        return self.session.request(request["method"], url, headers=headers, **body)

    def samples(self, lines: list[str]) -> None:
        """The sample of each operation in a new demo world; all its requests must succeed."""
        for sample in map(json.loads, lines):
            self.reset()
            *before, request = sample["requests"]
            for reply in [self.send(it, KEY) for it in [*before, request]]:
                assert reply.ok, f"{sample['operation']}: {reply.status_code} {reply.text}"
            # The document does not have the operations that only the API of 2020 has.
            if sample["operation"] in self.document.operations:
                self.check(sample["operation"], reply)
                self.check(sample["operation"], self.send(request, WRONG_KEY))

    def generated(self, raw: dict) -> None:
        """Requests that fit the document, with names of the demo world and without, and others."""
        for result in schemathesis.openapi.from_dict(raw).get_all_operations():
            operation = result.ok()
            name = operation.definition.raw["operationId"]
            steering = Steering(name, operation.path)
            self.reset()
            for request in PREPARATION:
                self.send(request, KEY).raise_for_status()
            fits, differs = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
            for mode, steer in [(fits, steering.steer), (fits, None), (differs, None)]:
                for case in cases(operation, mode):
                    if steer:
                        steer(case)
                    sent = case.as_transport_kwargs(base_url=URL, headers=KEY)
                    reply = self.session.request(**sent)
                    self.check(name, reply)


def cases(operation, mode: GenerationMode) -> list:
    """Cases that are the same in each run."""
    collected = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def collect(case) -> None:
        collected.append(case)

    collect()
    return collected


def explains(difference: dict, finding: Finding) -> bool:
    operations = difference.get("operations")
    return (
        (difference["place"], difference["problem"]) == (finding.place, finding.problem)
        and (operations is None or finding.operation in operations)
        and difference.get("status", finding.status) == finding.status
    )


def main() -> None:
    raw = json.loads(Path(sys.argv[1]).read_text())
    run = Run(Document(json.loads(json.dumps(raw))))
    run.samples(Path(sys.argv[2]).read_text().splitlines())
    run.generated(raw)

    differences = json.loads(Path(__file__).with_name("differences.json").read_text())
    problems = []
    for finding, shown in sorted(run.found.items()):
        if not any(explains(difference, finding) for difference in differences):
            problems.append(f"{finding}\n    {shown}")
    for difference in differences:
        if not any(explains(difference, finding) for finding in run.found):
            problems.append(f"differences.json: no reply has this difference: {difference}")
    for operation, statuses in run.statuses.items():
        print(f"{operation:40}", *(f"{status}: {statuses[status]:3}" for status in sorted(statuses)))
        if not any(status < 300 for status in statuses):
            problems.append(f"{operation}: no request succeeded")
    print("\n".join(problems))
    replies = sum(statuses.total() for statuses in run.statuses.values())
    print(f"{replies} replies of {len(run.statuses)} operations, {len(differences)} differences explained")
    sys.exit(1 if problems else 0)


main()
