import { setTimeout as sleep } from "node:timers/promises";
import { createLiveFeed } from "#ml/simulation/live.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";
import { openDatabase } from "#server/db/client.ts";
import { readEnvironment, scoringUrl } from "#server/env.ts";
import { announceReady, drainOnSignal } from "#server/processes/lifecycle.ts";
import { readDemoKey } from "./demo-access.ts";
import { type DemoWorld, loadDemoWorld } from "./demo-world.ts";
import { labelRequestOf, scoreRequestOf } from "./wire.ts";

type DueLabel = { readonly dueMs: number; readonly body: ReturnType<typeof labelRequestOf> };

const RETRIES = 20;

// A process of its own: plays the payment system and the card issuer of the demo, over HTTP like a real one.
const env = readEnvironment();
const perSecond = Number(process.argv[2]);
const { world, key } = await demoToContinue();
let stopped = false;
drainOnSignal(async () => {
  stopped = true;
});
announceReady();
await play(scoringUrl(env));

async function demoToContinue(): Promise<{ world: DemoWorld; key: string }> {
  const db = openDatabase(env.DATABASE_URL ?? "", 1);
  const world = await loadDemoWorld(db);
  await db.$disconnect();
  const key = readDemoKey(env.ASSAY_DATA_DIR);
  if (world === null || key === null)
    throw new Error("There is no demo to continue: start it with npm run demo.");
  return { world, key };
}

async function play(url: string): Promise<void> {
  const feed = createLiveFeed({ ...world, startMs: Date.now(), paymentsPerSecond: perSecond });
  const labels = labelsStillToCome();
  while (!stopped) {
    for (const simulated of feed.next(Date.now())) {
      await post(`${url}/v1/score`, scoreRequestOf(simulated.payment));
      enqueue(labels, simulated);
    }
    while (labels.length > 0 && (labels[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= Date.now()) {
      await post(`${url}/v1/labels`, labels.shift()?.body);
    }
    await sleep(Math.min(1_000, Math.max(20, feed.nextAtMs() - Date.now())));
  }
}

/** Disputes about the simulated past that have not been raised yet, soonest first. */
function labelsStillToCome(): DueLabel[] {
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
async function post(url: string, body: unknown): Promise<void> {
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
