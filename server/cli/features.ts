import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import {
  csvLine,
  loadMapping,
  type Mapping,
  replayFiles,
  type TimeRange,
  timeRange,
} from "#server/services/import/index.ts";
import { setFor } from "./evaluate/evaluate-options.ts";
import { refusalLine } from "./import/report.ts";
import { type ProgressOutput, progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";

const usage =
  "npm run features -- --data FILE[,FILE…] --mapping NAME|FILE.json --from DAY --to DAY --out FILE.csv[.gz] [--feature-set NAME]";

type Options = {
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  readonly featureSet: FeatureSet;
  readonly range: TimeRange;
  readonly out: string;
};

/**
 * `npm run features`: the feature matrix of some days as CSV, one row per payment under the id that the file gives it.
 * History before those days counts; frauds enter as late as the mapping says. Returns the exit code.
 */
export async function runFeatures(args: readonly string[], out: ProgressOutput): Promise<number> {
  const { paths, mapping, featureSet, range, out: path } = optionsOf(args);
  const bar = progressBar({ label: "Replaying", total: 1, out });
  const idColumn = mapping.id.column ?? "row";
  const writer = new LineWriter(path);
  writer.line([idColumn, ...featureSet.definitions.map((definition) => definition.name)].join(","));
  let written = 0;
  const counts = await replayFiles({
    paths,
    mapping,
    featureSet,
    labelDelayDays: mapping.label?.delayDays ?? 0,
    untilMs: range.toMs,
    now: new Date(),
    onProgress: (fraction) => bar.update(fraction, `${written.toLocaleString("en")} rows`),
    wants: ({ payment }) => payment.occurredAtMs >= range.fromMs,
    take: ({ fileId }, features) => {
      writer.line(`${csvLine([fileId])},${Array.from(features, number).join(",")}`);
      written += 1;
    },
    pause: () => writer.drained(),
  });
  await writer.end();
  bar.finish(
    `${written.toLocaleString("en")} rows of ${featureSet.version} written to ${path}` +
      `${counts.outOfOrder > 0 ? `, ${counts.outOfOrder} payments out of time order` : ""}.`,
  );
  if (counts.firstRefused !== null)
    out.write(`${counts.refused} rows refused. ${refusalLine(counts.firstRefused)}\n`);
  return written > 0 ? 0 : 1;
}

/** Writes lines in pieces, through gzip when the name ends in .gz. */
class LineWriter {
  readonly #sink: NodeJS.WritableStream;
  readonly #done: Promise<void>;
  #lines: string[] = [];

  constructor(path: string) {
    const file = createWriteStream(path);
    this.#done = finished(file);
    this.#done.catch(() => {}); // awaited by end()
    const gzip = path.endsWith(".gz") ? createGzip() : null;
    gzip?.pipe(file);
    this.#sink = gzip ?? file;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  /** Hands what has been collected on, and waits until it is taken. */
  async drained(): Promise<void> {
    if (this.#lines.length === 0) return;
    const text = `${this.#lines.join("\n")}\n`;
    this.#lines = [];
    if (!this.#sink.write(text)) await Promise.race([once(this.#sink, "drain"), this.#done]);
  }

  async end(): Promise<void> {
    await this.drained();
    this.#sink.end();
    await this.#done;
  }
}

/** The shortest decimal that reads back as the same number; empty where missing. */
function number(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}

function optionsOf(args: readonly string[]): Options {
  const { values } = parsed(usage, () =>
    parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        mapping: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        out: { type: "string" },
        "feature-set": { type: "string" },
      },
    }),
  );
  const { data, mapping: name, from, to, out } = values;
  if (
    data === undefined ||
    name === undefined ||
    from === undefined ||
    to === undefined ||
    out === undefined
  ) {
    throw new UsageError("--data, --mapping, --from, --to and --out are needed.", usage);
  }
  const mapping = loadMapping(name);
  return {
    paths: data.split(","),
    mapping,
    featureSet: parsed(usage, () => setFor(mapping, values["feature-set"])),
    range: parsed(usage, () => timeRange(from, to)),
    out,
  };
}

if (import.meta.main) await runCommand(() => runFeatures(process.argv.slice(2), process.stdout));
