import { expect, test } from "@playwright/test";
import { assay, callScoring, paymentNow } from "./assay.ts";

test("the same payment is answered twice with the same bytes, another body under its id is a conflict", async () => {
  const payment = paymentNow("pay_twice");
  const send = () =>
    fetch(`${assay().scoringUrl}/v1/score`, {
      method: "POST",
      headers: { authorization: `Bearer ${assay().apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(payment),
    });
  const answers = await Promise.all(Array.from({ length: 10 }, send));
  const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
  expect(bodies.size).toBe(1);
  expect((await callScoring("/v1/score", { ...payment, amountMinor: 5_000 })).status).toBe(409);
});

test("a card number is refused by its place and never echoed", async () => {
  const answer = await callScoring("/v1/score", {
    ...paymentNow("pay_pan"),
    attributes: { note: "4111 1111 1111 1111" },
  });
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain("/attributes/note");
  expect(JSON.stringify(answer.body)).not.toContain("1111");
});

test("a chargeback becomes a label once, however often it is sent", async () => {
  await callScoring("/v1/score", paymentNow("pay_charged_back"));
  const label = {
    transactionId: "pay_charged_back",
    label: "fraud",
    source: "chargeback",
    occurredAt: new Date().toISOString(),
  };
  const first = await callScoring("/v1/labels", label);
  expect(first.status).toBe(201);
  expect(await callScoring("/v1/labels", label)).toEqual(first);
  expect((await callScoring("/v1/labels", { ...label, transactionId: "pay_unknown" })).status).toBe(404);
});
