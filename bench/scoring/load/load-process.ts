import { paymentsAfter } from "../payments.ts";
import { closedLoop, openLoop } from "./loops.ts";
import type { LoadAnswer, LoadJob, LoadPlan } from "./messages.ts";
import { batchRequests, PreparedBodies, singleRequests } from "./request-source.ts";
import { poissonSchedule } from "./schedule.ts";

/**
 * The load generator, in a process of its own so that what it takes can be told apart. Its argument is the plan as
 * JSON; it answers one job at a time and ends with its parent.
 */
const plan = JSON.parse(process.argv[2] ?? "{}") as LoadPlan;
process.on("SIGINT", () => {}); // Ctrl-C reaches the parent, which ends this process
process.on("disconnect", () => process.exit(0));

const bodies = new PreparedBodies(paymentsAfter(plan.world, plan.bodies), plan.tag);
const tell = (answer: LoadAnswer): void => void process.send?.(answer);
process.on("message", (job: LoadJob) => {
  run(job).then(
    (result) => tell({ kind: "done", result }),
    (error: unknown) =>
      tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});
tell({ kind: "ready" });

function run({
  endpoints,
  connections,
  seconds,
  batch,
  rate,
  seed,
  patienceMs,
}: LoadJob): ReturnType<typeof closedLoop> {
  const targets = endpoints.map((endpoint) => ({
    port: endpoint.port,
    source: batch > 1 ? batchRequests(bodies, endpoint, batch) : singleRequests(bodies, endpoint),
  }));
  const options = { targets, connections, seconds };
  return rate === null
    ? closedLoop(options)
    : openLoop(options, poissonSchedule(rate, seconds, seed), patienceMs);
}
