import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { writeSnapshotFile } from "#server/scoring/snapshot/snapshot-file.ts";
import { fillEngine } from "./fill.ts";
import type { Restored } from "./restored.ts";

/**
 * What feature state takes: `npm run bench:memory [-- --payments N --customers N --merchants N --seed S --json FILE]`.
 * A million simulated payments go through the engine that serves; then what it holds by kind, the size of its snapshot,
 * and the time and memory of a process of its own that starts from that.
 */
const { values } = parseArgs({
  options: {
    payments: { type: "string", default: "1000000" },
    customers: { type: "string", default: "25000" },
    merchants: { type: "string", default: "3000" },
    seed: { type: "string", default: "1" },
    json: { type: "string" },
  },
});
const world = {
  payments: wholeNumber("payments", values.payments),
  customers: wholeNumber("customers", values.customers),
  merchants: wholeNumber("merchants", values.merchants),
  seed: wholeNumber("seed", values.seed),
};
process.stderr.write(`${world.payments} payments of ${world.customers} customers\n`);
const { engine, days, labels } = fillEngine(defaultFeatureSet, world);

const folder = mkdtempSync(join(tmpdir(), "assay-memory-"));
try {
  const file = join(folder, "state.snapshot");
  const nobody = { system: "", database: "", firstPayment: null, lastPayment: null, lastLabelled: null };
  const started = performance.now();
  const snapshotBytes = await writeSnapshotFile(
    file,
    {
      featureSetVersion: defaultFeatureSet.version,
      database: nobody,
      place: { lastSeq: 0, cursor: 0, waitedMs: null },
    },
    engine.save(),
  );
  const snapshotSeconds = (performance.now() - started) / 1000;
  const child = spawnSync(process.execPath, [join(import.meta.dirname, "restored.ts"), file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.status !== 0) throw new Error(`the process that restores ended with ${child.status}`);
  const restored = JSON.parse(child.stdout) as Restored;
  const kinds = engine.memory().map(({ kind, count, bytes }) => ({
    kind,
    count,
    bytes,
    bytesEach: Math.round(bytes / Math.max(1, count)),
  }));
  const report = {
    ...world,
    days,
    labels,
    featureSet: defaultFeatureSet.version,
    entities: engine.entityCount(),
    stateBytes: engine.bytes(),
    snapshotBytes,
    snapshotSeconds,
    restored,
    kinds,
  };
  print(report);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(report: {
  readonly entities: number;
  readonly days: number;
  readonly labels: number;
  readonly stateBytes: number;
  readonly snapshotBytes: number;
  readonly snapshotSeconds: number;
  readonly restored: Restored;
  readonly kinds: readonly { kind: string; count: number; bytes: number; bytesEach: number }[];
}): void {
  const { entities, kinds, restored } = report;
  console.table(
    kinds.map(({ kind, count, bytes, bytesEach }) => ({
      kind,
      count,
      "bytes each": bytesEach,
      MB: megabytes(bytes),
    })),
  );
  console.log(
    `${entities.toLocaleString("en")} entities after ${report.days.toFixed(0)} days, ${report.labels} labels.`,
  );
  console.log(
    `State: ${megabytes(report.stateBytes)} MB, ${Math.round(report.stateBytes / entities)} bytes an entity.`,
  );
  console.log(
    `Snapshot: ${megabytes(report.snapshotBytes)} MB, written in ${report.snapshotSeconds.toFixed(2)} s.`,
  );
  console.log(
    `Restored in ${restored.seconds.toFixed(2)} s: RSS ${megabytes(restored.rssBytes)} MB, of which Node itself ${megabytes(restored.emptyRssBytes)} MB.`,
  );
}

function megabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(1));
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a whole number above 0`);
}
