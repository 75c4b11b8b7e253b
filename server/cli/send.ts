import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type Environment, scoringUrl } from "#server/env.ts";
import {
  importSalt,
  loadMapping,
  type Mapping,
  openMappedFile,
  type TimeRange,
  timeRange,
} from "#server/services/import/index.ts";
import { refusalLine } from "./import/report.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { createApiClient } from "./send/api-client.ts";
import { type SendCounts, sendPayments } from "./send/send-payments.ts";
import { sendReport } from "./send/send-report.ts";

const usage =
  "npm run send -- FILE.csv[.gz] --mapping NAME|FILE.json --from DAY --to DAY --key KEY\n" +
  "  [--url http://127.0.0.1:3001] [--limit N] [--concurrency N] [--labels]  (days in UTC, included)";

type Arguments = {
  readonly path: string;
  readonly mapping: Mapping;
  readonly range: TimeRange;
  readonly key: string;
  readonly url: string | undefined;
  readonly limit: number;
  readonly concurrency: number;
  readonly labels: boolean;
};

/** `npm run send`: plays payments of a file through the scoring API. Returns the exit code: 1 when one was not scored. */
export async function runSend(args: readonly string[], env: Environment): Promise<number> {
  const { path, mapping, range, limit, concurrency, ...rest } = argumentsOf(args);
  const salt = importSalt(env.ASSAY_DATA_DIR);
  const file = await openMappedFile(path, mapping, { salt, now: new Date(), range });
  const client = createApiClient({ url: rest.url ?? scoringUrl(env), key: rest.key });
  const bar = progressBar({
    label: `Sending ${basename(path)}`,
    total: Number.isFinite(limit) ? limit : null,
    unit: "payments",
  });
  const counts = await sendPayments({
    file,
    client,
    limit,
    concurrency,
    delayDays: rest.labels ? (mapping.label?.delayDays ?? 0) : null,
    now: () => new Date(),
    onProgress: ({ sent }) => bar.update(sent),
    onRefused: (row) => process.stderr.write(`${refusalLine(row)}\n`),
  });
  bar.finish(`Sent ${path} to ${client.url}.`);
  for (const line of sendReport(counts)) process.stdout.write(`${line}\n`);
  return failures(counts) === 0 && counts.sent > 0 ? 0 : 1;
}

function failures({ sent, outcomes }: SendCounts): number {
  return sent - Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

function argumentsOf(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(usage, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        mapping: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        key: { type: "string" },
        url: { type: "string" },
        limit: { type: "string" },
        concurrency: { type: "string", default: "8" },
        labels: { type: "boolean", default: false },
      },
    }),
  );
  const [path, ...others] = positionals;
  const { mapping, from, to, key, url } = values;
  if (path === undefined || others.length > 0) throw new UsageError("Which file? One at a time.", usage);
  if (mapping === undefined || from === undefined || to === undefined || key === undefined) {
    throw new UsageError("--mapping, --from, --to and --key are needed.", usage);
  }
  const range = parsed(usage, () => timeRange(from, to));
  return {
    path,
    mapping: loadMapping(mapping),
    range,
    key,
    url,
    limit: values.limit === undefined ? Number.POSITIVE_INFINITY : countOf("limit", values.limit),
    concurrency: countOf("concurrency", values.concurrency),
    labels: values.labels,
  };
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`--${name} is a number from 1.`, usage);
  return count;
}

if (import.meta.main) await runCommand((env) => runSend(process.argv.slice(2), env));
