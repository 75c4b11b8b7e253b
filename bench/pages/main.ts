import { destinations } from "#app/shell/navigation.ts";
import { openDatabase } from "#server/db/client.ts";
import { machineFacts } from "../scoring/machine.ts";
import { CleanUp } from "../scoring/setup/clean-up.ts";
import { apiAt, measureApi } from "./api-times.ts";
import { OptionError, type PagesBenchOptions, readOptions, usage } from "./options.ts";
import { measurePaint, openBrowser, type PaintTimes } from "./paint-times.ts";
import { startProduct } from "./product.ts";
import { type Paints, pageName, summaryOf, tableOf } from "./report.ts";
import { type Cookies, signIn } from "./session.ts";
import { pagesFolder } from "./setup/pages-database.ts";

/** `npm run bench:pages`: every page of the rail on two years of payments, as the API answers and as it is painted. */
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
  process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  if (cause instanceof OptionError) process.stderr.write(`${usage}\n`);
} finally {
  await cleanUp.run();
}
if (lastLine !== null) say(lastLine);

/** Returns what is to be the last line of all. */
async function run(options: PagesBenchOptions): Promise<string> {
  const machine = machineFacts(new Date());
  if (machine.busy)
    say(`The machine is not quiet (load ${machine.load1.toFixed(1)}): figures may be too high.`);
  const hrefs = destinations.map(({ href }) => href);
  const folder = await pagesFolder(options, cleanUp, interruption.signal);
  const { pagesUrl, databaseUrl } = await startProduct(folder, cleanUp, say);
  const db = openDatabase(databaseUrl, 2);
  cleanUp.add(() => db.$disconnect());
  const cookies = await signIn(db, pagesUrl, new Date());
  say(`Procedures of ${hrefs.length} pages, ${options.calls} calls each …`);
  const api = await measureApi(apiAt(pagesUrl, cookies), { hrefs, calls: options.calls }, say);
  const paints = await paintsOf({ hrefs, pagesUrl, cookies, loads: options.loads });
  say(
    `\nMilliseconds at ${options.rows.toLocaleString("en")} payments; ! misses its goal\n${tableOf(api, paints)}`,
  );
  return JSON.stringify(summaryOf(api, paints));
}

type Painting = {
  readonly hrefs: readonly string[];
  readonly pagesUrl: string;
  readonly cookies: Cookies;
  readonly loads: number;
};

async function paintsOf({ hrefs, pagesUrl, cookies, loads }: Painting): Promise<Paints> {
  const browser = loads === 0 ? "none was asked for (--loads 0)" : await openBrowser(process.env);
  if (typeof browser === "string") {
    say(`There is no browser, so first paint is null: ${browser}. CHROMIUM_PATH names one.`);
    return null;
  }
  cleanUp.add(() => browser.close());
  say(`Each page is opened ${loads} times …`);
  const paints: Record<string, PaintTimes> = {};
  for (const href of hrefs) {
    const paint = await measurePaint(browser, { url: pagesUrl + href, cookies, loads });
    paints[href] = paint;
    say(
      `  ${pageName(href)}: ${Math.round(paint.firstPaintMs)} ms, asked for ${[...paint.asked].join(", ")}`,
    );
  }
  return paints;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
