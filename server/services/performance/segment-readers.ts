import type { Database } from "#server/db/client.ts";
import { minorDigitsOf } from "#server/domain/money.ts";
import { type BlockColumns, NEW_CUSTOMER } from "#server/services/analysis/block-columns.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";

export const dimensions = ["channel", "country", "category", "amount", "customer"] as const;
export type Dimension = (typeof dimensions)[number];

export type SegmentReader = {
  readonly codeOf: (columns: BlockColumns, row: number) => number;
  /** null for payments without one */
  readonly nameOf: (code: number) => string | null;
};

/** Lower ends of the amount bands, in whole units of the payment's currency. */
const bands = [0, 10, 50, 200, 1_000] as const;

/** How to tell, of each row, which segment of a dimension it belongs to. */
export async function segmentReaders(db: Database): Promise<Readonly<Record<Dimension, SegmentReader>>> {
  const currencies = await readCodes(db, "currency");
  const unit = new Map([...currencies].map(([code, name]) => [code, 10 ** minorDigitsOf(name)]));
  return {
    channel: await coded(db, "channel"),
    country: await coded(db, "country"),
    category: await coded(db, "category"),
    amount: {
      codeOf: ({ amountMinor, currency }, row) => {
        const amount = (amountMinor[row] as number) / (unit.get(currency[row] as number) ?? 100);
        return bands.findLastIndex((from) => amount >= from);
      },
      nameOf: (code) => bandName(code),
    },
    customer: {
      codeOf: ({ flags }, row) => ((flags[row] as number) & NEW_CUSTOMER) / NEW_CUSTOMER,
      nameOf: (code) => (code === 1 ? "new, first 30 days" : "known for longer"),
    },
  };
}

async function coded(db: Database, kind: "channel" | "country" | "category"): Promise<SegmentReader> {
  const names = await readCodes(db, kind);
  return {
    codeOf: (columns, row) => columns[kind][row] as number,
    nameOf: (code) => names.get(code) ?? null,
  };
}

function bandName(code: number): string {
  const [from, to] = [bands[code] ?? 0, bands[code + 1]];
  return to === undefined ? `${from} and more` : `${from} to under ${to}`;
}
