import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { machineFacts } from "../scoring/machine.ts";
import { CleanUp } from "../scoring/setup/clean-up.ts";
import { OptionError, type ReviewBenchOptions, readOptions, usage } from "./options.ts";
import { reportOf } from "./report.ts";
import { runReviewBench, summaryOf } from "./run-bench.ts";
import { openReviewDatabase } from "./setup/review-database.ts";

/** `npm run bench:review`: the review desk on a database of a million payments and a hundred thousand open cases. */
const cleanUp = new CleanUp();
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interruption.abort(new Error("Interrupted; everything that was started ends."));
    void cleanUp.run().then(() => process.exit(130));
  });
}
let lastLine: string | null = null;
try {
  lastLine = await run(readOptions(process.argv.slice(2)));
} catch (error) {
  const { aborted, reason } = interruption.signal;
  const cause: unknown = aborted ? reason : error;
  process.exitCode = aborted ? 130 : 1;
  process.stderr.write(`${cause instanceof Error ? withCause(cause) : String(cause)}\n`);
  if (cause instanceof OptionError) process.stderr.write(`${usage}\n`);
} finally {
  await cleanUp.run();
}
if (lastLine !== null) say(lastLine);

/** Returns what is to be the last line of all; null for none. */
async function run(options: ReviewBenchOptions): Promise<string | null> {
  const machine = machineFacts(new Date());
  if (machine.busy)
    say(`The machine is not quiet (load ${machine.load1.toFixed(1)}): figures may be too high.`);
  const { url, at } = await openReviewDatabase(options, cleanUp, interruption.signal);
  const db = openDatabase(url, options.claimers);
  const pool = openPool(url, 4);
  cleanUp.add(() => db.$disconnect());
  cleanUp.add(() => pool.end());
  const figures = await runReviewBench({ db, pool, at }, options, say);
  say(`\n${reportOf(figures)}`);
  return options.json ? JSON.stringify(summaryOf(figures)) : null;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Procedures keep what went wrong as the cause of an error that tells nothing. */
function withCause({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
