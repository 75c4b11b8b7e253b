import { existsSync } from "node:fs";
import { spanOf } from "#server/services/import/index.ts";
import type { ShareRange, Spans } from "./rounds.ts";

/** A span that cannot be understood; the message says what is meant. */
class SpanError extends Error {}

type Given = {
  readonly data?: string;
  readonly train?: string;
  readonly test?: string;
  readonly "train-days"?: string;
  readonly "test-days"?: string;
};

const DEFAULT_DAYS = 7;

/**
 * The payments to learn from and to be tested on, and the files to read: days or times of `--data`, shares of its rows
 * in order, separate files, or, where neither is given, the newest days.
 * @throws SpanError or DayError
 */
export function spansOf(given: Given): { readonly spans: Spans; readonly paths: readonly string[] } {
  const { data, train, test } = given;
  if ((train === undefined) !== (test === undefined)) {
    const missing = train === undefined ? "train" : "test";
    throw new SpanError(`--${missing} is missing: --train and --test go together, or are both left out.`);
  }
  if (train === undefined || test === undefined) {
    const trainDays = daysOf("train-days", given["train-days"]);
    const testDays = daysOf("test-days", given["test-days"]);
    return { spans: { kind: "newest", trainDays, testDays }, paths: pathsOf(data) };
  }
  if (given["train-days"] !== undefined || given["test-days"] !== undefined)
    throw new SpanError(
      "--train-days and --test-days are for the newest days: leave out --train and --test.",
    );
  if (namesFiles(train) || namesFiles(test)) return fileSpans(data, train, test);
  const paths = pathsOf(data);
  if (train.includes("%") || test.includes("%")) {
    const shares = { train: shareOf(train), test: shareOf(test) };
    requireOrder(shares.train.to <= shares.test.from);
    return { spans: { kind: "shares", ...shares }, paths };
  }
  const times = { train: spanOf(train), test: spanOf(test) };
  requireOrder(times.train.toMs <= times.test.fromMs);
  return { spans: { kind: "times", ...times }, paths };
}

function requireOrder(isOrdered: boolean): void {
  if (!isOrdered) throw new SpanError("The test days must follow the training days.");
}

function pathsOf(data: string | undefined): string[] {
  if (data === undefined || data === "") throw new SpanError("--data is missing.");
  return data.split(",");
}

/** A day or a share never names a file; everything else does when it is there or looks like one. */
function namesFiles(text: string): boolean {
  return text.split(",").every((path) => existsSync(path)) || /\.(csv|txt|tsv)(\.gz)?(,|$)/i.test(text);
}

function fileSpans(
  data: string | undefined,
  train: string,
  test: string,
): { readonly spans: Spans; readonly paths: readonly string[] } {
  if (data !== undefined)
    throw new SpanError("Where --train and --test are files, --data is left out: it would not be read.");
  for (const [name, text] of [["train", train] as const, ["test", test] as const]) {
    const missing = text.split(",").find((path) => !existsSync(path));
    if (missing !== undefined)
      throw new SpanError(`--train and --test must both be files then: --${name} ${missing} is not there.`);
  }
  const trainPaths = train.split(",");
  return {
    spans: { kind: "files", trainFiles: trainPaths.length },
    paths: [...trainPaths, ...test.split(",")],
  };
}

/** "0%..80%". */
function shareOf(text: string): ShareRange {
  const match = /^(\d+(?:\.\d+)?)%\.\.(\d+(?:\.\d+)?)%$/.exec(text);
  const [from, to] = [Number(match?.[1]) / 100, Number(match?.[2]) / 100];
  if (!(from < to && to <= 1))
    throw new SpanError(`${text} is no share of the rows, as 0%..80% and 80%..100%.`);
  return { from, to };
}

function daysOf(name: string, text: string | undefined): number {
  const days = text === undefined ? DEFAULT_DAYS : Number(text);
  if (Number.isInteger(days) && days > 0 && days <= 3650) return days;
  throw new SpanError(`--${name} is a whole number of days.`);
}
