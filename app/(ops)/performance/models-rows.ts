import { capitalised, familyWords } from "../models/words.ts";
import type { ComparedRow } from "./models-words.ts";
import type { LivePair, Models, Tested } from "./types.ts";

/** The reference and a challenger on the live payments that both scored. */
export function pairRows({ challenger, models }: LivePair, reference: { number: number }): ComparedRow[] {
  const names = [
    { name: `Version ${reference.number}`, note: "decided" },
    { name: `Version ${challenger.number}`, note: `${challenger.status}, in shadow` },
  ];
  return models.map((model, at) => ({
    key: String(at),
    name: names[at]?.name ?? "",
    note: names[at]?.note ?? "",
    ...model,
  }));
}

/** Every family of a training on its test rows; the champion of that time first where it could score them. */
export function testedRows(tested: Tested): ComparedRow[] {
  const { compared, version } = tested;
  if (compared === null) return rowsOfReport(tested);
  return compared.models.map(({ family, isSelected, ...model }) => ({
    key: family ?? "champion",
    name:
      family === null ? championName(compared.reference.championNumber) : capitalised(familyWords(family)),
    note: family === null ? CHAMPION_NOTE : noteOf(isSelected, version.number),
    ...model,
  }));
}

const CHAMPION_NOTE = "champion of that time";
const championName = (number: number | null): string => `Version ${number ?? ""}`;
const noteOf = (isSelected: boolean, number: number): string =>
  isSelected ? `chosen: version ${number}` : "not chosen";

/** The same from a report that kept no paired differences, but for the chosen one's average precision. */
function rowsOfReport({ champion, families, version }: Tested): ComparedRow[] {
  const comparison = champion?.comparison ?? null;
  const selected = families.find(({ isSelected }) => isSelected)?.test;
  const reference = comparison?.champion ?? selected;
  const first: ComparedRow[] =
    champion === null
      ? []
      : [
          {
            key: "champion",
            name: championName(champion.number),
            note: CHAMPION_NOTE,
            measures: champion.comparison.champion,
            difference: null,
            differenceInterval: null,
          },
        ];
  const rows = families
    .toSorted((a, b) => Number(b.isSelected) - Number(a.isSelected))
    .map(({ family, isSelected, test }): ComparedRow => {
      const isReference = champion === null && isSelected;
      return {
        key: family,
        name: capitalised(familyWords(family)),
        note: noteOf(isSelected, version.number),
        measures: test,
        difference: isReference || reference === undefined ? null : differences(test, reference),
        differenceInterval:
          isSelected && comparison !== null
            ? { ...noIntervals, averagePrecision: comparison.differenceInterval }
            : null,
      };
    });
  return [...first, ...rows];
}

const noIntervals = {
  averagePrecision: null,
  rocAuc: null,
  recallAtFpr001: null,
  recallAtFpr01: null,
  cardPrecision100: null,
  expectedCostMinor: null,
  brier: null,
  ece: null,
} as const;

type Test = Omit<Tested["families"][number]["test"], "amountMinor">;

function differences(ours: Test, theirs: Test): ComparedRow["difference"] {
  const of = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
  return {
    averagePrecision: of(ours.averagePrecision, theirs.averagePrecision),
    rocAuc: of(ours.rocAuc, theirs.rocAuc),
    recallAtFpr001: of(ours.recallAtFpr001, theirs.recallAtFpr001),
    recallAtFpr01: of(ours.recallAtFpr01, theirs.recallAtFpr01),
    cardPrecision100: of(ours.cardPrecision100, theirs.cardPrecision100),
    brier: of(ours.brier, theirs.brier),
    ece: of(ours.ece, theirs.ece),
  };
}

/** What a training's table is called: whose training it was. */
export function testedTitle({ version, isRecalibration }: Tested): string {
  const what = isRecalibration ? "Recalibration to" : "Training of";
  return `${what} version ${version.number}, ${version.status}`;
}

/** Currency of a table's costs. */
export function currencyOf(tested: Tested, { currency }: Models): string {
  return tested.compared?.currency ?? currency;
}
