import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  freePort,
  removeEmbeddedData,
  startEmbeddedPostgres,
} from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { type FuzzReport, runFuzz } from "#server/processes/testing/fuzz/run-fuzz.ts";
import { startStubServer } from "#server/processes/testing/fuzz/stub-server.ts";
import { startScoringProcess } from "#server/processes/testing/scoring-process.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";

const USAGE = "npm run test:fuzz [-- --bodies N --seed S]";

/** Sends valid, wrong and broken requests to the scoring API, and compares every answer with what it promises. */
await runCommand(async () => {
  const { bodies, seed } = readOptions(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), "assay-fuzz-"));
  const postgres = await startEmbeddedPostgres(folder, await freePort(0));
  try {
    await applyMigrations(postgres.url);
    const [real, stub] = await Promise.all([startScoringProcess(postgres.url), startStubServer()]);
    const bar = progressBar({ label: `Fuzzing, seed ${seed}`, total: bodies, unit: "bodies" });
    const report = await runFuzz({ bodies, seed, stub, real, onProgress: (done) => bar.update(done) });
    bar.finish(`${report.sent.toLocaleString("en")} bodies sent, seed ${seed}`);
    const logged = /"level":[56]0/.test(real.output());
    const problems = [
      ...faultLines(report),
      ...(real.runs() ? [] : ["The scoring process ended."]),
      ...(logged ? ["The scoring process logged an error."] : []),
    ];
    await Promise.all([real.stop(), stub.close()]);
    console.log(statusLine(report));
    for (const line of problems) console.error(line);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
    await removeEmbeddedData(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

function statusLine({ statuses }: FuzzReport): string {
  const counts = Object.entries(statuses).sort(([a], [b]) => a.localeCompare(b));
  return `answers: ${counts.map(([status, count]) => `${status} × ${count.toLocaleString("en")}`).join(", ")}`;
}

function faultLines({ faults }: FuzzReport): string[] {
  return faults.map(
    ({ what, chunkSeed, index, sent }) =>
      `${what}\n  number ${index} of --seed ${chunkSeed} --bodies 250\n  ${sent}`,
  );
}

function readOptions(args: string[]): { bodies: number; seed: number } {
  const { values } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: { bodies: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
    }),
  );
  return { bodies: wholeNumber("bodies", values.bodies), seed: wholeNumber("seed", values.seed) };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`--${name} is a whole number above 0.`, USAGE);
  return value;
}
