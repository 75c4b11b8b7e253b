import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { createFeatureEngine } from "#ml/features/engine.ts";
import { readArrays } from "#server/scoring/snapshot/snapshot-file.ts";

export type Restored = {
  readonly seconds: number;
  readonly rssBytes: number;
  readonly emptyRssBytes: number;
};

/** Starts an engine from the snapshot named by the argument, and prints what that took. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("name the snapshot");
const emptyRssBytes = process.memoryUsage.rss();
const started = performance.now();
const engine = createFeatureEngine(defaultFeatureSet);
engine.load(await readArrays(file));
const seconds = (performance.now() - started) / 1000;
const restored: Restored = { seconds, rssBytes: process.memoryUsage.rss(), emptyRssBytes };
if (engine.entityCount() > 0) console.log(JSON.stringify(restored));
