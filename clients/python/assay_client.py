"""A client of Assay's HTTP API that needs nothing but Python 3.9.

Every call may be repeated without harm, since payments and labels count once; so calls without an
answer, and those answered with 503, are sent again as they were.

    ASSAY=http://localhost:3001 ASSAY_KEY=assay_... python3 clients/python/assay_client.py
"""

from __future__ import annotations

import http.client
import json
import os
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Union


@dataclass(frozen=True)
class Payment:
    """One payment to score. What is None is left out."""

    id: str
    occurredAt: str
    amountMinor: int
    currency: str
    customerId: str
    merchantId: str
    cardToken: Optional[str] = None
    deviceId: Optional[str] = None
    ip: Optional[str] = None
    merchantCategory: Optional[str] = None
    channel: Optional[str] = None
    country: Optional[str] = None
    latitude: Optional[float] = None
    longitude: Optional[float] = None
    attributes: Dict[str, Union[float, str, bool]] = field(default_factory=dict)

    def body(self) -> Dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Decision:
    """The answer to a payment; `raw` is all of it."""

    transaction_id: str
    outcome: str
    score: Optional[float]
    reasons: List[str]
    raw: Dict[str, Any]

    @staticmethod
    def of(answer: Dict[str, Any]) -> "Decision":
        reasons = [reason["text"] for reason in answer["reasons"]]
        return Decision(answer["transactionId"], answer["outcome"], answer["score"], reasons, answer)


class AssayError(Exception):
    """What Assay refused, and why: `problem` is the problem document (RFC 9457)."""

    def __init__(self, problem: Dict[str, Any]) -> None:
        super().__init__(f"{problem['status']} {problem['title']}: {problem['detail']}")
        self.problem = problem


class AssayClient:
    """Calls Assay; raises AssayError when it refuses, OSError when it cannot be reached."""

    def __init__(self, url: str, key: str, timeout_seconds: float = 3.0, retries: int = 4) -> None:
        self._url = url.rstrip("/")
        self._key = key
        self._timeout = timeout_seconds
        self._retries = retries

    def score(self, payment: Payment) -> Decision:
        return Decision.of(self._call("/v1/score", payment.body()))

    def score_batch(self, payments: List[Payment]) -> List[Union[Decision, AssayError]]:
        """Results in the order of the payments: a decision, or what is wrong with that payment."""
        answers = self._call("/v1/score/batch", [payment.body() for payment in payments])
        return [Decision.of(a) if "outcome" in a else AssayError(a) for a in answers]

    def transaction(self, transaction_id: str) -> Decision:
        return Decision.of(self._call(f"/v1/transactions/{urllib.parse.quote(transaction_id, safe='')}"))

    def record_label(
        self, transaction_id: str, label: str, source: str, occurred_at: str, note: Optional[str] = None
    ) -> Dict[str, Any]:
        body = {"transactionId": transaction_id, "label": label, "source": source, "occurredAt": occurred_at}
        return self._call("/v1/labels", body if note is None else {**body, "note": note})

    def _call(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode("utf-8")
        failures = 0
        while True:
            try:
                return self._try(path, data)
            except urllib.error.HTTPError as refusal:
                problem = _problem_of(refusal)
                if refusal.code not in (502, 503, 504) or failures >= self._retries:
                    raise AssayError(problem) from None
                wait = float(refusal.headers.get("Retry-After", "1"))
            except (OSError, http.client.HTTPException):
                if failures >= self._retries:
                    raise
                wait = random.uniform(0, min(0.2 * 2**failures, 5.0))
            failures += 1
            time.sleep(wait)

    def _try(self, path: str, data: Optional[bytes]) -> Any:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=self._timeout) as answer:
            return json.loads(answer.read())


def _problem_of(refusal: urllib.error.HTTPError) -> Dict[str, Any]:
    """The problem document; one made here when something between says no in another form."""
    try:
        with refusal:
            problem = json.loads(refusal.read())
        if "type" in problem:
            return problem
    except (ValueError, TypeError):
        pass  # not JSON, so not Assay's
    detail = "Something between answered."
    return {"type": "about:blank", "title": "Unexpected answer", "status": refusal.code, "detail": detail}


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def main() -> None:
    assay = AssayClient(os.environ.get("ASSAY", "http://localhost:3001"), os.environ.get("ASSAY_KEY", ""))
    payment_id = f"pay_python_{time.time_ns() // 1_000_000:x}"

    def payment(suffix: str, amount_minor: int) -> Payment:
        return Payment(payment_id + suffix, occurred_at, amount_minor, "EUR", "cus_81", "mer_7", country="DE")

    occurred_at = now()
    decision = assay.score(payment("", 129900))
    print("decision:", decision.outcome, decision.score)

    again = assay.score(payment("", 129900))
    print("sent again:", "the same answer" if again == decision else "another answer")

    for result in assay.score_batch([payment("_2", 4999), payment("_3", -1)]):
        if isinstance(result, Decision):
            print("batch:", result.transaction_id, result.outcome)
        else:
            print("batch:", result.problem["status"], result.problem["errors"])

    read = assay.transaction(payment_id)
    print("read back:", "the same answer" if read == decision else "another answer")

    label = assay.record_label(payment_id, "fraud", "chargeback", now(), note="dispute 71")
    print("label:", label["label"], label["recordedAt"])

    try:
        assay.transaction(payment_id + "_unknown")
    except AssayError as refusal:
        print("refusal:", refusal.problem["status"], refusal.problem["type"])


if __name__ == "__main__":
    main()
