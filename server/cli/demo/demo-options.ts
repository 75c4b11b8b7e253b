import { parseArgs } from "node:util";
import { DEFAULT_CUSTOMERS, DEFAULT_MERCHANTS } from "#ml/simulation/simulate.ts";
import { parsed, UsageError } from "../run-command.ts";

const DEMO_USAGE =
  "npm run demo [-- --reset [--yes] --days N --customers N --merchants N --seed S --rate PAYMENTS_PER_SECOND --no-live]";

export type DemoOptions = {
  readonly reset: boolean;
  readonly yes: boolean;
  readonly live: boolean;
  readonly days: number;
  readonly customers: number;
  readonly merchants: number;
  readonly seed: number;
  readonly rate: number;
};

const MIN_DAYS = 60; // a training slice, a month for labels to mature, and a window to judge

/** @throws UsageError naming what is wrong and the right form. */
export function demoOptions(args: string[]): DemoOptions {
  const { values } = parsed(DEMO_USAGE, () =>
    parseArgs({
      args,
      options: {
        reset: { type: "boolean", default: false },
        yes: { type: "boolean", default: false },
        "no-live": { type: "boolean", default: false },
        days: { type: "string", default: "90" },
        customers: { type: "string", default: String(DEFAULT_CUSTOMERS) },
        merchants: { type: "string", default: String(DEFAULT_MERCHANTS) },
        seed: { type: "string", default: "1" },
        rate: { type: "string", default: "0.2" },
      },
    }),
  );
  return {
    reset: values.reset,
    yes: values.yes,
    live: !values["no-live"],
    days: numberFrom("--days", values.days, MIN_DAYS),
    customers: numberFrom("--customers", values.customers, 100),
    merchants: numberFrom("--merchants", values.merchants, 20),
    seed: numberFrom("--seed", values.seed, 0),
    rate: numberFrom("--rate", values.rate, 0.001),
  };
}

function numberFrom(name: string, text: string, atLeast: number): number {
  const value = Number(text);
  const whole = name === "--rate" || Number.isSafeInteger(value);
  if (Number.isFinite(value) && whole && value >= atLeast) return value;
  throw new UsageError(`${name} must be a number of at least ${atLeast}, not "${text}".`, DEMO_USAGE);
}
