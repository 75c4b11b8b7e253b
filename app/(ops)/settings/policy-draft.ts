import { amountOf, amountText } from "#app/format/amount-text.ts";
import type { CostModel } from "#server/domain/cost.ts";
import { isCurrency } from "#server/domain/money.ts";
import { Policy } from "#server/domain/policy.ts";

type Shares = Policy["exploration"];
export const shareFields = [
  "approveShare",
  "declineShare",
  "activeShare",
  "disagreementShare",
  "maskedShare",
] as const satisfies readonly (keyof Shares)[];

/** Figures as they are typed: shares in percent, money in whole units. */
export type FiguresDraft = Readonly<Record<keyof CostModel, string>>;
export type SegmentDraft = {
  /** of the form's row alone */
  readonly key: number;
  /** empty for all */
  readonly currency: string;
  readonly channel: string;
  readonly figures: FiguresDraft;
};

/** A policy as it is typed. */
export type PolicyDraft = {
  readonly name: string;
  readonly mode: Policy["mode"];
  readonly reviewThreshold: string;
  readonly declineThreshold: string;
  readonly figures: FiguresDraft;
  readonly segments: readonly SegmentDraft[];
  readonly analysts: string;
  /** that each of them works a day */
  readonly casesEach: string;
  readonly exploration: Readonly<Record<keyof Shares, string>>;
  readonly maturityDays: string;
};

/** Figures without a currency count hundredths of each payment's own. */
const HUNDREDTHS = "EUR";

export function draftOfPolicy(policy: Policy): PolicyDraft {
  const { exploration } = policy;
  return {
    name: policy.name,
    mode: policy.mode,
    reviewThreshold: percentText(policy.reviewThreshold),
    declineThreshold: percentText(policy.declineThreshold),
    figures: figuresDraft(policy.cost, HUNDREDTHS),
    segments: policy.segments.map(({ currency, channel, cost }, key) => ({
      key,
      currency: currency ?? "",
      channel: channel ?? "",
      figures: figuresDraft(cost, currency ?? HUNDREDTHS),
    })),
    analysts: String(policy.analysts),
    casesEach: String(Number((policy.reviewCapacityPerDay / policy.analysts).toFixed(2))),
    exploration: {
      approveShare: percentText(exploration.approveShare),
      declineShare: percentText(exploration.declineShare),
      activeShare: percentText(exploration.activeShare),
      disagreementShare: percentText(exploration.disagreementShare),
      maskedShare: percentText(exploration.maskedShare),
    },
    maturityDays: String(policy.maturityDays),
  };
}

function figuresDraft(cost: CostModel, currency: string): FiguresDraft {
  return {
    lossRate: percentText(cost.lossRate),
    marginRate: percentText(cost.marginRate),
    missRate: percentText(cost.missRate),
    chargebackFeeMinor: amountText(cost.chargebackFeeMinor, currency),
    frictionCostMinor: amountText(cost.frictionCostMinor, currency),
    reviewCostMinor: amountText(cost.reviewCostMinor, currency),
    delayCostMinor: amountText(cost.delayCostMinor, currency),
  };
}

export type Errors = Readonly<Record<string, string>>;
type ReadPolicy =
  | { readonly policy: Policy; readonly errors: null }
  | { readonly policy: null; readonly errors: Errors };

/** The policy that a draft means, or what is wrong with it by field; `form` is of several together. */
export function policyOf(draft: PolicyDraft): ReadPolicy {
  const errors: Record<string, string> = {};
  const read = reader(errors);
  const analysts = read.whole("analysts", draft.analysts, [1, 1_000]);
  const casesEach = read.decimal("casesEach", draft.casesEach, [0, 10_000]);
  const written = {
    name: draft.name.trim(),
    mode: draft.mode,
    reviewThreshold: read.share("reviewThreshold", draft.reviewThreshold),
    declineThreshold: read.share("declineThreshold", draft.declineThreshold),
    cost: readFigures(read, draft.figures, { path: "figures", currency: HUNDREDTHS }),
    segments: draft.segments.map((segment) => readSegment(read, segment)),
    reviewCapacityPerDay: Math.round(analysts * casesEach),
    analysts,
    exploration: Object.fromEntries(
      shareFields.map((field) => [field, read.share(`exploration.${field}`, draft.exploration[field])]),
    ),
    maturityDays: read.whole("maturityDays", draft.maturityDays, [0, 365]),
  };
  if (written.name === "") errors.name = "Give the policy a name";
  if (Object.keys(errors).length > 0) return { policy: null, errors };
  const checked = Policy.safeParse(written);
  if (checked.success) return { policy: checked.data, errors: null };
  return { policy: null, errors: { form: checked.error.issues[0]?.message ?? "Not a policy" } };
}

type Reader = ReturnType<typeof reader>;

function reader(errors: Record<string, string>) {
  const fail = (path: string, message: string): number => {
    errors[path] = message;
    return 0;
  };
  const decimal = (path: string, text: string, [least, most]: readonly [number, number]): number => {
    const value = /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : Number.NaN;
    return value >= least && value <= most ? value : fail(path, `A number from ${least} to ${most}`);
  };
  return {
    fail,
    decimal,
    whole(path: string, text: string, [least, most]: readonly [number, number]): number {
      const value = decimal(path, text, [least, most]);
      return Number.isInteger(value) ? value : fail(path, `A whole number from ${least} to ${most}`);
    },
    share: (path: string, text: string): number =>
      Number((decimal(path, text, [0, 100]) / 100).toPrecision(12)),
    money: (path: string, text: string, currency: string): number =>
      amountOf(text, currency) ?? fail(path, "An amount such as 15 or 15.50"),
  };
}

type RateField = Exclude<keyof CostModel, `${string}Minor`>;
type MoneyField = Exclude<keyof CostModel, RateField>;

function readFigures(
  read: Reader,
  figures: FiguresDraft,
  { path, currency }: { readonly path: string; readonly currency: string },
): CostModel {
  const share = (field: RateField): number => read.share(`${path}.${field}`, figures[field]);
  const money = (field: MoneyField): number => read.money(`${path}.${field}`, figures[field], currency);
  return {
    lossRate: share("lossRate"),
    chargebackFeeMinor: money("chargebackFeeMinor"),
    marginRate: share("marginRate"),
    frictionCostMinor: money("frictionCostMinor"),
    reviewCostMinor: money("reviewCostMinor"),
    missRate: share("missRate"),
    delayCostMinor: money("delayCostMinor"),
  };
}

function readSegment(read: Reader, segment: SegmentDraft) {
  const path = `segments.${segment.key}`;
  const currency = segment.currency.trim().toUpperCase();
  if (currency !== "" && !isCurrency(currency)) read.fail(`${path}.currency`, "A code such as EUR");
  if (currency === "" && segment.channel === "")
    read.fail(`${path}.currency`, "A currency, a channel, or both");
  const known = isCurrency(currency) ? currency : HUNDREDTHS;
  return {
    currency: currency === "" ? null : currency,
    channel: segment.channel === "" ? null : segment.channel,
    cost: readFigures(read, segment.figures, { path, currency: known }),
  };
}

function percentText(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}
