import { parseArgs } from "node:util";
import { featureSetByName } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { type AvailableFamily, availableFamilies, isAvailableFamily } from "#ml/models/families.ts";
import { loadMapping, type Mapping } from "#server/services/import/index.ts";
import { parsed, UsageError } from "../run-command.ts";
import { spansOf } from "./evaluate-spans.ts";
import type { Spans } from "./rounds.ts";

export type EvaluateOptions = {
  readonly paths: readonly string[];
  readonly spans: Spans;
  readonly mapping: Mapping;
  readonly featureSet: FeatureSet;
  readonly gapDays: number;
  readonly folds: number;
  readonly families: readonly AvailableFamily[];
  readonly dropKnownCards: boolean;
  readonly slices: boolean;
  /** Every family as it is by default, without a search for its best configuration. */
  readonly quick: boolean;
  readonly seed: number;
  readonly json: string | null;
};

const usage = `npm run evaluate -- --data FILE[,FILE…] --mapping NAME|FILE.json --train FROM..TO --gap DAYS --test FROM..TO
  [--folds N] [--families a,b] [--drop-known-cards] [--feature-set NAME] [--slices] [--quick] [--seed S] [--json OUT]
  FROM and TO are days in UTC, both included; a time such as 2013-09-02T09:30:00Z as TO is excluded
  --train 0%..80% --test 80%..100%  shares of the rows, in order of time (of the rows, where they have none)
  --train FILE --test FILE          separate files, without --data
  neither                           the newest days: [--train-days 7] [--test-days 7] [--folds 4]
  --gap                             days until a fraud is known; the mapping's own when left out
  --quick                           families as they are by default, no search for the best configuration
  --folds N                         the same again N times in all, each one test length earlier`;

const WALK_FORWARD_FOLDS = 4;
const MOST_FOLDS = 52;

/** @throws UsageError, MappingError */
export function evaluateOptions(args: readonly string[]): EvaluateOptions {
  const { values } = parsed(usage, () => parseArgs({ args: [...args], options: known }));
  if (values.mapping === undefined) throw new UsageError("--mapping is missing.", usage);
  const mapping = loadMapping(values.mapping);
  if (mapping.label === undefined)
    throw new UsageError(`The mapping ${mapping.name} names no label column.`, usage);
  const { spans, paths } = parsed(usage, () => spansOf(values));
  const gapDays = Number(values.gap ?? mapping.label.delayDays);
  if (values.gap === "" || !(gapDays >= 0 && gapDays <= 3650))
    throw new UsageError("--gap is a number of days.", usage);
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError("--seed is a whole number.", usage);
  return {
    paths,
    spans,
    mapping,
    gapDays,
    seed,
    folds: foldsOf(values.folds, spans),
    featureSet: parsed(usage, () => setFor(mapping, values["feature-set"])),
    families: familiesOf(values.families),
    dropKnownCards: values["drop-known-cards"] === true,
    slices: values.slices === true,
    quick: values.quick === true,
    json: values.json ?? null,
  };
}

const known = {
  data: { type: "string" },
  mapping: { type: "string" },
  train: { type: "string" },
  gap: { type: "string" },
  test: { type: "string" },
  "train-days": { type: "string" },
  "test-days": { type: "string" },
  folds: { type: "string" },
  families: { type: "string" },
  "drop-known-cards": { type: "boolean" },
  "feature-set": { type: "string" },
  slices: { type: "boolean" },
  quick: { type: "boolean" },
  seed: { type: "string" },
  json: { type: "string" },
} as const;

/** The named feature set, or the mapping's own, with the mapping's attributes. @throws RangeError */
export function setFor({ featureSet }: Mapping, name: string | undefined): FeatureSet {
  return featureSetByName(name ?? featureSet.name, featureSet.attributes);
}

function foldsOf(text: string | undefined, { kind }: Spans): number {
  if (text === undefined) return kind === "newest" ? WALK_FORWARD_FOLDS : 1;
  const folds = Number(text);
  if (!Number.isInteger(folds) || folds < 1 || folds > MOST_FOLDS)
    throw new UsageError(`--folds is a whole number from 1 to ${MOST_FOLDS}.`, usage);
  if (folds > 1 && (kind === "shares" || kind === "files"))
    throw new UsageError("--folds needs --train and --test to be days, or to be left out.", usage);
  return folds;
}

function familiesOf(text: string | undefined): readonly AvailableFamily[] {
  if (text === undefined) return availableFamilies;
  return text.split(",").map((name) => {
    if (isAvailableFamily(name)) return name;
    throw new UsageError(
      `There is no model family ${name}; there are ${availableFamilies.join(", ")}.`,
      usage,
    );
  });
}
