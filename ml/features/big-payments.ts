import type { SpanPlan, Tally } from "./state-plan.ts";
import type { TileTable } from "./tile-table.ts";

/** A payment is big when it is more than so many times the mean of the entity's last 30 days. */
const BIG_PAYMENT = 3;

type Table = { readonly tally: Tally; readonly tileMs: number; readonly tiles: TileTable };
type When = { readonly atMs: number; readonly nowMs: number; readonly settledMs: number };

const one = Float64Array.of(1);

/** Counts the payments of an entity that are far above its mean at their time, in a table of sliding sums. */
export class BigPayments {
  readonly #tileMs: number;
  readonly #payments: TileTable;
  readonly #bigs: TileTable;
  readonly #sums: Float64Array;
  readonly #at: number; // where the sums of 30 days are among those of the payments' table

  /** @throws RangeError when a table is missing. */
  constructor(span: SpanPlan, tables: readonly Table[]) {
    const tilesOf = (tally: Tally): TileTable => {
      const table = tables.find((t) => t.tally === tally && t.tileMs === span.tileMs);
      if (table === undefined) throw new RangeError(`big payments need a table of ${tally}`);
      return table.tiles;
    };
    this.#tileMs = span.tileMs;
    this.#payments = tilesOf("payments");
    this.#bigs = tilesOf("bigs");
    const { windows, fields } = this.#payments;
    this.#sums = new Float64Array(windows.length * fields);
    this.#at = windows.findIndex((w) => w.left === span.left && w.right === span.right) * fields;
  }

  /** Whether an amount is big against the earlier payments; without any it is not. */
  isBig(slot: number, amountMinor: number, { atMs, nowMs }: When): boolean {
    const hidden = Math.floor(nowMs / this.#tileMs) - this.#payments.longest;
    this.#payments.read(slot, Math.floor(atMs / this.#tileMs), hidden, this.#sums, 0);
    const count = this.#sums[this.#at] as number;
    return count > 0 && amountMinor * count > BIG_PAYMENT * (this.#sums[this.#at + 1] as number);
  }

  add(slot: number, { atMs, settledMs }: When): void {
    const forgotten = Math.floor(settledMs / this.#tileMs) - this.#bigs.longest;
    this.#bigs.add(slot, Math.floor(atMs / this.#tileMs), one, forgotten);
  }
}
