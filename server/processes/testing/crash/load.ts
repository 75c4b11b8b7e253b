import { setTimeout as sleep } from "node:timers/promises";
import { type LoadReport, loadBody, type Sent } from "./acknowledged.ts";

/**
 * The load of a crash test, in a process of its own: clients that each send one payment after the other and resend
 * the same bytes until they get a 200. Ends on the message "stop", once every payment that was begun is settled, and
 * tells its parent what was acknowledged.
 *
 *   node load.ts URL KEY CLIENTS RUN
 */
const [url = "", key = "", clients = "16", run = "crash"] = process.argv.slice(2);
const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
const ANSWER_LIMIT_MS = 5_000;
const PATIENCE_MS = 60_000;
const PAUSE_MS = 40;

let stopped = false;
process.on("message", (message) => {
  if (message === "stop") stopped = true;
});
process.on("disconnect", () => process.exit(1)); // nobody is left to be told

const sent: Sent[] = [];
const wrong: string[] = [];
const unsettled: string[] = [];
await Promise.all(Array.from({ length: Number(clients) }, (_, client) => work(client)));
const report: LoadReport = { sent, wrong, unsettled };
process.send?.(report, () => process.disconnect());

async function work(client: number): Promise<void> {
  for (let count = 0; !stopped; count++) {
    const body = loadBody(run, client, count, new Date().toISOString());
    const id = `${run}_${client}_${count}`;
    const outcome = await settle(body);
    if (outcome === null) unsettled.push(id);
    else sent.push({ id, ...outcome });
  }
}

/** Sends until there is a 200; null when patience ended first. */
async function settle(body: string): Promise<Omit<Sent, "id"> | null> {
  const until = performance.now() + PATIENCE_MS;
  for (let indeterminate = 0; performance.now() < until; ) {
    try {
      const response = await fetch(`${url}/v1/score`, {
        method: "POST",
        headers,
        body,
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      const answer = await response.text();
      if (response.status === 200) return { answer, indeterminate };
      if (response.status !== 503) {
        wrong.push(`${response.status} ${answer}`);
        return null;
      }
      indeterminate++;
    } catch (error) {
      if (!isRefused(error)) indeterminate++;
    }
    await sleep(PAUSE_MS);
  }
  return null;
}

/** Nobody listened: the request was never seen. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
