import type { Bench } from "./bench.ts";
import type { Phase } from "./options.ts";
import { batchPhase } from "./phases/batch.ts";
import { closedPhase, warmUp } from "./phases/closed.ts";
import { dashboardPhase } from "./phases/dashboard.ts";
import { openPhase } from "./phases/open.ts";
import { overloadPhase } from "./phases/overload.ts";
import { peerPhase } from "./phases/peer.ts";
import { serversPhase } from "./phases/servers.ts";
import { startPhase } from "./phases/start.ts";
import { trainingPhase } from "./phases/training.ts";
import type { Results } from "./results.ts";
import { settle } from "./settle.ts";

/** Runs the phases asked for, in the order in which they disturb one another least, and notes what each found. */
export async function runPhases(bench: Bench, results: Results, say: (line: string) => void): Promise<void> {
  const { phases } = bench.options;
  const phase = async (name: Phase, work: () => Promise<void>): Promise<void> => {
    if (!phases.includes(name)) return;
    bench.signal.throwIfAborted();
    await settle(bench);
    const from = bench.own?.server.seconds;
    await work();
    const to = bench.own?.server.seconds;
    const profiled = bench.options.cpuProfDir !== null && from !== undefined && to !== undefined;
    const where = profiled ? `; in its profile: --from ${from.toFixed(1)} --to ${to.toFixed(1)}` : "";
    say(`${name}: done${where}`);
  };
  await warmUp(bench);
  await phase("closed", async () => {
    results.closed = await closedPhase(bench);
  });
  await phase("open", async () => {
    results.open = await openPhase(bench);
  });
  await phase("batch", async () => {
    results.batch = await batchPhase(bench);
  });
  await phase("peer", async () => {
    results.peer = await peerPhase(bench);
  });
  await phase("dashboard", async () => {
    const dashboard = await dashboardPhase(bench);
    if (dashboard !== null) results.dashboard = dashboard;
  });
  await phase("training", async () => {
    const training = await trainingPhase(bench);
    if (training !== null) results.training = training;
  });
  await phase("servers", async () => {
    results.servers = await serversPhase(bench);
  });
  await phase("start", async () => {
    const start = await startPhase(bench);
    if (start !== null) results.start = start;
  });
  await phase("overload", async () => {
    const known = results.closed?.find(({ connections }) => connections === 128)?.median.perSecond ?? null;
    results.overload = await overloadPhase(bench, known);
  });
}
