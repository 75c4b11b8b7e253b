import type { Pool } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { CELL } from "#ml/features/payment-rows.ts";
import type { LoggedLabel } from "#server/db/logged-labels.ts";
import { applyLabels, type FeatureState } from "../feature-state.ts";
import { type LogPage, readLabels, readPayments } from "../payment-log.ts";
import { lastTurn } from "../scoring-turn.ts";
import type { TurnEntry } from "./feature-store.ts";

/** Thrown when a state applied labels that others had not yet, or knows batches that are gone: it must be rebuilt. */
export class OutOfOrder extends Error {}

/**
 * Does what other servers' turns did, in their order. Where a turn is missing, the database tells what it wrote.
 * @throws OutOfOrder, or the database's error.
 */
export async function applyEntries(
  pool: Pool,
  state: FeatureState,
  entries: readonly TurnEntry[],
): Promise<void> {
  for (const entry of entries) {
    const isKnown = entry.turn < state.turn || (entry.turn === state.turn && entry.previous < entry.turn);
    if (isKnown) continue;
    if (entry.previous !== state.turn) return catchUp(pool, state);
    await applyLabelsTo(pool, state, entry.labelCursor);
    for (const event of entry.events) observe(state, event, entry.labelCursor);
    state.turn = entry.turn;
    if (entry.events.length > 0) state.seenTo = entry.lastSeq;
  }
}

/**
 * Observes the payments in the database that the state does not know yet, each after the labels that it saw.
 * @throws OutOfOrder, or the database's error.
 */
export async function catchUp(pool: Pool, state: FeatureState): Promise<void> {
  const turn = await lastTurn(pool); // before the payments, so that none of a later batch is taken for known
  if (turn < state.turn) throw new OutOfOrder("the database went back behind what this server knows");
  const range = { afterSeq: state.seenTo, toSeq: Number.MAX_SAFE_INTEGER, attributes: false };
  for await (const page of readPayments(pool, state.engine.featureSet, range)) {
    const cursors = Array.from({ length: page.count }, (_, row) => cursorOf(page, row));
    const labels = await labelsTo(pool, state.labelCursor, Math.max(...cursors));
    let next = 0; // from here on nothing waits, so that a page is observed wholly or not at all
    for (let row = 0; row < page.count; row++) {
      const due = labels.findIndex(({ sequence }, i) => i >= next && sequence > (cursors[row] ?? 0));
      applyLabels(state, labels.slice(next, due < 0 ? labels.length : due));
      next = due < 0 ? labels.length : due;
      state.engine.observeRow(page.rows, row);
    }
    state.seenTo = page.lastSeq;
  }
  state.turn = turn;
}

/** The label cursor of a payment; 0 where it saw the labels of its time. */
function cursorOf({ rows }: LogPage, row: number): number {
  return rows.cells[row * rows.width + CELL.labelCursor] || 0;
}

function observe(state: FeatureState, event: PaymentEvent, labelCursor: number): void {
  if (state.labelCursor > labelCursor)
    throw new OutOfOrder("labels were applied before a payment that had not seen them");
  state.engine.observe(event);
}

async function applyLabelsTo(pool: Pool, state: FeatureState, cursor: number): Promise<void> {
  applyLabels(state, await labelsTo(pool, state.labelCursor, cursor));
}

/** The labels recorded after one sequence, up to another. @throws OutOfOrder when the last is not there. */
async function labelsTo(pool: Pool, after: number, to: number): Promise<LoggedLabel[]> {
  const all: LoggedLabel[] = [];
  while ((all.at(-1)?.sequence ?? after) < to) {
    const labels = await readLabels(pool, all.at(-1)?.sequence ?? after);
    if (labels.length === 0) throw new OutOfOrder(`label ${to}, which another server applied, is not there`);
    all.push(...labels.filter(({ sequence }) => sequence <= to));
  }
  return all;
}
