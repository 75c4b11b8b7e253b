import { MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { LedgerInput } from "#server/services/policy/outcome-ledger.ts";
import { segmentCosts } from "#server/services/policy/segment-costs.ts";
import { type CostWindow, costWindow, type ReadCostsInput } from "./cost-window.ts";
import { type TreatmentCost, treatmentCosts } from "./treatment-costs.ts";

/** What the decisions as served cost on the known payments of a segment, in its own currency. */
export type SegmentCost = TreatmentCost & {
  readonly dimension: "currency" | "channel";
  /** null for payments without one */
  readonly value: string | null;
  readonly currency: string;
  /** known payments, and the frauds among them */
  readonly rows: number;
  readonly frauds: number;
  readonly amountMinor: number;
  /** false under the floor of labelled frauds: then there are no intervals */
  readonly isSure: boolean;
};

export type SegmentCostsView = { readonly currency: string; readonly segments: readonly SegmentCost[] };

const MOST = 12;
const SEED = 1;

/**
 * Cost of the decisions as served by currency, each in its own money, and by channel within the currency looked at. Each
 * payment is judged by the figures of its own segment. Null when nothing was scored; refusals as costWindow.
 */
export async function readSegmentCosts(
  ctx: ServiceContext,
  asked: ReadCostsInput,
): Promise<SegmentCostsView | null> {
  const of = await costWindow(ctx, asked);
  if (of === null) return null;
  const judged = { ...of.input, costAt: segmentCosts(of.policy, of.names) };
  return { currency: of.currency, segments: [...byCurrency(of, judged), ...byChannel(of, judged)] };
}

function byCurrency({ names, currencies }: CostWindow, judged: LedgerInput): SegmentCost[] {
  const codes = new Map([...names.currency].map(([code, name]) => [name, code]));
  return currencies.slice(0, MOST).flatMap((currency) => {
    const code = codes.get(currency);
    if (code === undefined) return [];
    const input = { ...judged, currency: code };
    return segmentOf(input, { dimension: "currency", value: currency, currency }, () => true);
  });
}

function byChannel({ names, currency }: CostWindow, judged: LedgerInput): SegmentCost[] {
  const { channel } = judged.rows.columns;
  return [0, ...names.channel.keys()]
    .flatMap((code) =>
      segmentOf(
        judged,
        { dimension: "channel", value: names.channel.get(code) ?? null, currency },
        (row) => channel[row] === code,
      ),
    )
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST);
}

type Named = Pick<SegmentCost, "dimension" | "value" | "currency">;

/** Nothing for a segment without a known payment. */
function segmentOf(input: LedgerInput, named: Named, matches: (row: number) => boolean): SegmentCost[] {
  const known = knownOf(input, matches);
  if (known.rows === 0) return [];
  const { outcome } = input.rows.columns;
  const isSure = known.frauds >= MIN_LABELLED_FRAUDS;
  const {
    treatments: [served],
  } = treatmentCosts(input, [(row) => outcome[row] as number], { seed: isSure ? SEED : null, matches });
  return served === undefined ? [] : [{ ...named, ...known, isSure, ...served }];
}

function knownOf({ rows, classes, currency }: LedgerInput, matches: (row: number) => boolean) {
  const known = { rows: 0, frauds: 0, amountMinor: 0 };
  for (let row = 0; row < rows.rows; row++) {
    if (rows.columns.currency[row] !== currency || !matches(row)) continue;
    if (classes[row] !== rowClass.fraud && classes[row] !== rowClass.legitimate) continue;
    known.rows++;
    known.amountMinor += rows.columns.amountMinor[row] as number;
    if (classes[row] === rowClass.fraud) known.frauds++;
  }
  return known;
}
