import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { featureSetByName } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { type AvailableFamily, availableFamilies, isAvailableFamily } from "#ml/models/families.ts";
import { loadMapping, type Mapping, spanOf, type TimeRange } from "#server/services/import/index.ts";
import { parsed, UsageError } from "../run-command.ts";

export type EvaluateOptions = {
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  readonly featureSet: FeatureSet;
  readonly train: TimeRange;
  readonly test: TimeRange;
  readonly gapDays: number;
  readonly families: readonly AvailableFamily[];
  readonly dropKnownCards: boolean;
  readonly seed: number;
  readonly json: string | null;
};

const usage =
  "npm run evaluate -- --data FILE[,FILE…] --mapping NAME|FILE.json --train FROM..TO --gap DAYS --test FROM..TO\n" +
  "  [--families a,b] [--drop-known-cards] [--feature-set NAME] [--seed S] [--json OUT]\n" +
  "  FROM and TO are days in UTC, both included; a time such as 2013-09-02T09:30:00Z as TO is excluded";

/** @throws UsageError, MappingError */
export function evaluateOptions(args: readonly string[]): EvaluateOptions {
  const { values } = parsed(usage, () => parseArgs({ args: [...args], options: known }));
  const needed = (name: "data" | "mapping" | "train" | "gap" | "test"): string => {
    const value = values[name];
    if (value === undefined || value === "") throw new UsageError(`--${name} is missing.`, usage);
    return value;
  };
  if (isFile(values.train) || isFile(values.test)) {
    throw new UsageError(
      "--train and --test are days; training and testing on separate files of plain rows is not supported yet.",
      usage,
    );
  }
  const paths = needed("data").split(",");
  const mapping = loadMapping(needed("mapping"));
  if (mapping.label === undefined)
    throw new UsageError(`The mapping ${mapping.name} names no label column.`, usage);
  const [train, test] = parsed(usage, () => [spanOf(needed("train")), spanOf(needed("test"))] as const);
  if (train.toMs > test.fromMs) throw new UsageError("The test days must follow the training days.", usage);
  const gapDays = Number(needed("gap"));
  if (!(gapDays >= 0 && gapDays <= 3650)) throw new UsageError("--gap is a number of days.", usage);
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError("--seed is a whole number.", usage);
  return {
    paths,
    mapping,
    train,
    test,
    gapDays,
    seed,
    featureSet: parsed(usage, () => setFor(mapping, values["feature-set"])),
    families: familiesOf(values.families),
    dropKnownCards: values["drop-known-cards"] === true,
    json: values.json ?? null,
  };
}

const known = {
  data: { type: "string" },
  mapping: { type: "string" },
  train: { type: "string" },
  gap: { type: "string" },
  test: { type: "string" },
  families: { type: "string" },
  "drop-known-cards": { type: "boolean" },
  "feature-set": { type: "string" },
  seed: { type: "string" },
  json: { type: "string" },
} as const;

function isFile(text: string | undefined): boolean {
  return text !== undefined && !text.includes("..") && existsSync(text);
}

/** The named feature set, or the mapping's own, with the mapping's attributes. @throws RangeError */
export function setFor({ featureSet }: Mapping, name: string | undefined): FeatureSet {
  return featureSetByName(name ?? featureSet.name, featureSet.attributes);
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
