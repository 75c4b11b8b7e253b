import { setTimeout as sleep } from "node:timers/promises";
import { createLiveFeed } from "#ml/simulation/live.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";
import { drainOnSignal } from "#server/processes/lifecycle.ts";
import type { DemoWorld } from "./demo-world.ts";
import { labelRequestOf, scoreRequestOf } from "./wire.ts";

type Feed = {
  readonly world: DemoWorld;
  readonly url: string;
  readonly key: string;
  readonly perSecond: number;
};
type DueLabel = { readonly dueMs: number; readonly body: ReturnType<typeof labelRequestOf> };

const RETRIES = 20;

// A process of its own: plays the payment system and the card issuer of the demo, over HTTP like a real one.
let stopped = false;
drainOnSignal(async () => {
  stopped = true;
});
process.on("message", (message) => void play(message as Feed));
process.send?.({ ready: true });

async function play({ world, url, key, perSecond }: Feed): Promise<void> {
  const feed = createLiveFeed({ ...world, startMs: Date.now(), paymentsPerSecond: perSecond });
  const labels = labelsStillToCome(world);
  while (!stopped) {
    for (const simulated of feed.next(Date.now())) {
      await post(`${url}/v1/score`, key, scoreRequestOf(simulated.payment));
      enqueue(labels, simulated);
    }
    while (labels.length > 0 && (labels[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= Date.now()) {
      await post(`${url}/v1/labels`, key, labels.shift()?.body);
    }
    await sleep(Math.min(1_000, Math.max(20, feed.nextAtMs() - Date.now())));
  }
}

/** Disputes about the simulated past that have not been raised yet, soonest first. */
function labelsStillToCome(world: DemoWorld): DueLabel[] {
  const labels: DueLabel[] = [];
  for (const simulated of simulate(world)) {
    if (simulated.payment.occurredAtMs >= world.endMs) break;
    if ((simulated.label?.recordedAtMs ?? 0) >= world.endMs) enqueue(labels, simulated);
  }
  return labels;
}

function enqueue(labels: DueLabel[], { payment, label }: SimulatedPayment): void {
  if (label === null) return;
  const entry = { dueMs: label.recordedAtMs, body: labelRequestOf(payment, label) };
  const after = labels.findIndex((other) => other.dueMs > entry.dueMs);
  labels.splice(after === -1 ? labels.length : after, 0, entry);
}

/** Sends until it is answered, as a payment system must: a retry with the same id is harmless. */
async function post(url: string, key: string, body: unknown): Promise<void> {
  for (let attempt = 0; attempt < RETRIES && !stopped; attempt++) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (response.status < 500) {
        if (!response.ok) process.stderr.write(`${url}: ${response.status} ${await response.text()}\n`);
        return;
      }
    } catch (error) {
      process.stderr.write(`${url}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    await sleep(1_000);
  }
}
