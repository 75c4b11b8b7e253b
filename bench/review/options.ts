import { parseArgs } from "node:util";

export type ReviewBenchOptions = {
  /** payments in the database */
  readonly rows: number;
  /** open cases among them */
  readonly cases: number;
  readonly claimers: number;
  /** cases that the claimers take */
  readonly raceCases: number;
  readonly filterPages: number;
  readonly openedCases: number;
  /** the last line is JSON */
  readonly json: boolean;
  readonly fresh: boolean;
};

export const usage = `npm run bench:review [-- options]
  --rows N     payments in the database (1,000,000)
  --cases N    open cases (100,000), at most a third of the payments
  --json       the last line is {"claimedTwice", "queueQueryMsP95", "caseOpenMsP95"}
  --fresh      fills the database anew; else one of the same size is kept in the system's temporary folder`;

/** Thrown for arguments that make no sense, with a line for a person. */
export class OptionError extends Error {}

/** @throws OptionError */
export function readOptions(args: readonly string[]): ReviewBenchOptions {
  const { values } = parse(args);
  const rows = count("rows", values.rows);
  const cases = count("cases", values.cases);
  if (cases * 3 > rows) throw new OptionError("--cases is at most a third of --rows");
  return {
    rows,
    cases,
    claimers: 32,
    filterPages: 12,
    openedCases: 300,
    raceCases: Math.min(1_000, Math.floor(cases / 4)),
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
        cases: { type: "string", default: "100000" },
        json: { type: "boolean", default: false },
        fresh: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 100) return value;
  throw new OptionError(`--${name} takes whole numbers from 100 on`);
}
