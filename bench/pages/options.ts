import { parseArgs } from "node:util";

export type PagesBenchOptions = {
  /** payments in the database */
  readonly rows: number;
  /** times that each page's procedures are asked for, the first included */
  readonly calls: number;
  /** times that each page is opened */
  readonly loads: number;
  /** the last line is JSON */
  readonly json: boolean;
  readonly fresh: boolean;
};

export const usage = `npm run bench:pages [-- options]
  --rows N     payments in the database, over two years (1,000,000)
  --calls N    times that each page's procedures are asked for (40)
  --loads N    times that each page is opened in Chromium (5); 0 leaves the browser out
  --json       the last line is {"apiMsP95": {page: ms}, "firstPaintMs": {page: ms}}
  --fresh      fills the database anew; else one of the same size is kept in the system's temporary folder`;

/** Thrown for arguments that make no sense, with a line for a person. */
export class OptionError extends Error {}

const LEAST_ROWS = 50_000; // weeks of fewer payments are too small to be watched

/** @throws OptionError */
export function readOptions(args: readonly string[]): PagesBenchOptions {
  const { values } = parse(args);
  return {
    rows: whole("rows", values.rows, LEAST_ROWS),
    calls: whole("calls", values.calls, 1),
    loads: whole("loads", values.loads, 0),
    json: values.json,
    fresh: values.fresh,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rows: { type: "string", default: "1000000" },
        calls: { type: "string", default: "40" },
        loads: { type: "string", default: "5" },
        json: { type: "boolean", default: false },
        fresh: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
  throw new OptionError(`--${name} takes whole numbers from ${least.toLocaleString("en")} on`);
}
