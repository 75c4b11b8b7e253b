import { type EntityPlan, HEAD, type SpanPlan, type Tally } from "./state-plan.ts";
import type { TileTable } from "./tile-table.ts";

/** The tiles in (after, upTo]. */
type TileSpan = { readonly after: number; readonly upTo: number };
type Table = { readonly tally: Tally; readonly tileMs: number; readonly tiles: TileTable };
type Fact = { readonly span: SpanPlan; readonly payments: TileTable; readonly counted: TileTable };

/**
 * Facts of an entity that its tiles tell without state of their own: the run of frauds that its judged payments end
 * with, the first and the last fraud, and the last big payment. Times are those of the tiles.
 */
export class TileFacts {
  readonly #run: Fact | null;
  readonly #streak: Fact | null;
  readonly #big: Fact | null;

  /** @throws RangeError when a table that a fact reads is missing. */
  constructor(plan: Pick<EntityPlan, "run" | "streak" | "big">, tables: readonly Table[]) {
    this.#run = factOf(plan.run, tables, "payments", "frauds");
    this.#streak = factOf(plan.streak, tables, "frauds", "frauds");
    this.#big = factOf(plan.big, tables, "payments", "bigs");
  }

  /** Writes what the tiles know at `atMs` into the head cells at `at`; the rest stays as it is. */
  load(
    slot: number,
    when: { readonly atMs: number; readonly nowMs: number },
    frame: Float64Array,
    at: number,
  ): void {
    if (this.#run !== null) writeRun(this.#run, slot, spanOf(this.#run, when), frame, at + HEAD.run);
    if (this.#streak !== null) {
      const { counted, span } = this.#streak;
      const within = spanOf(this.#streak, when);
      frame[at + HEAD.streak] = oldestTile(counted, slot, within) * span.tileMs;
      frame[at + HEAD.streak + 1] = newestTile(counted, slot, within) * span.tileMs;
    }
    if (this.#big !== null) {
      const { counted, span } = this.#big;
      frame[at + HEAD.big] = newestTile(counted, slot, spanOf(this.#big, when)) * span.tileMs;
    }
  }
}

function factOf(span: SpanPlan | null, tables: readonly Table[], base: Tally, tally: Tally): Fact | null {
  if (span === null) return null;
  const [payments, counted] = [base, tally].map((wanted) => {
    const table = tables.find((t) => t.tally === wanted && t.tileMs === span.tileMs);
    if (table === undefined) throw new RangeError(`no table of ${wanted} with tiles of ${span.tileMs} ms`);
    return table.tiles;
  }) as [TileTable, TileTable];
  return { span, payments, counted };
}

/** The window's tiles at a payment, without those that the longest window has left behind. */
function spanOf({ span, payments }: Fact, { atMs, nowMs }: { atMs: number; nowMs: number }): TileSpan {
  const tile = Math.floor(atMs / span.tileMs);
  const hidden = Math.floor(nowMs / span.tileMs) - payments.longest;
  return { after: Math.max(tile - span.left, hidden), upTo: tile - span.right };
}

/** The newest tile that counts anything: one whose labels were corrected away counts nothing. */
function newestTile({ cells }: TileTable, slot: number, { after, upTo }: TileSpan): number {
  const first = cells.first(slot);
  for (let cell = cells.newest(slot, upTo); cell >= first && cells.tile(cell) > after; cell--) {
    if (cells.count(first, cell, cell) > 0) return cells.tile(cell);
  }
  return Number.NaN;
}

function oldestTile({ cells }: TileTable, slot: number, { after, upTo }: TileSpan): number {
  const end = cells.newest(slot, upTo);
  if (end < 0) return Number.NaN;
  const first = cells.first(slot);
  for (let cell = Math.max(cells.newest(slot, after) + 1, first); cell <= end; cell++) {
    if (cells.count(first, cell, cell) > 0) return cells.tile(cell);
  }
  return Number.NaN;
}

/**
 * Going back from the end of the span: the tiles in which every payment is known as fraud, until the first that holds
 * another. Writes the payments in them, when they begin, and when the tile that stopped them did. A slot whose newest
 * payments were no fraud costs one tile.
 */
function writeRun(fact: Fact, slot: number, within: TileSpan, out: Float64Array, at: number): void {
  const { cells } = fact.payments;
  const frauds = fact.counted.cells;
  const first = cells.first(slot);
  const firstFraud = frauds.first(slot);
  let fraud = frauds.newest(slot, within.upTo);
  out[at] = 0;
  for (let cell = cells.newest(slot, within.upTo); cell >= first; cell--) {
    const tile = cells.tile(cell);
    if (tile <= within.after) return;
    while (fraud >= firstFraud && frauds.tile(fraud) > tile) fraud--;
    const same = fraud >= firstFraud && frauds.tile(fraud) === tile;
    const known = same ? frauds.count(firstFraud, fraud, fraud) : 0;
    const paid = cells.count(first, cell, cell);
    if (known < paid) {
      out[at + 2] = tile * fact.span.tileMs;
      return;
    }
    out[at] = (out[at] as number) + paid;
    out[at + 1] = tile * fact.span.tileMs;
  }
}
