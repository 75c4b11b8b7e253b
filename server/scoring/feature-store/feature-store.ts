import type { PaymentEvent } from "#ml/features/payment-event.ts";

/** What a turn did to the state that features are made from, for the other servers to do likewise. */
export type TurnEntry = {
  /** Number of the batch before. */
  readonly previous: number;
  /** Its own number; equal to `previous` where only labels were applied. */
  readonly turn: number;
  /** Sequence of the last payment written. */
  readonly lastSeq: number;
  /** Labels up to this sequence were applied before the payments were. */
  readonly labelCursor: number;
  readonly events: readonly PaymentEvent[];
};

/** The state that a store orders the changes of. */
export interface OrderedState {
  /** How far it has come; null before it was built. */
  position(): { readonly turn: number; readonly labelCursor: number } | null;
  /** Does what other servers did, in their order. */
  apply(entries: readonly TurnEntry[]): Promise<void>;
}

/** Thrown when a store cannot say who comes next. Nothing was decided. */
export class StoreAway extends Error {}

/**
 * Orders the changes of feature state: of the batches, label applications and rebuilds of every server over one store,
 * one runs at a time, on a state that knows all those before it.
 */
export interface FeatureStore {
  /** Runs work in turn. `publish` may be called in it. @throws StoreAway, or what the work throws. */
  turn<T>(state: OrderedState, work: () => Promise<T> | T): Promise<T>;
  /** Tells the others what this turn did, when it ends. */
  publish(entry: TurnEntry): void;
  /** What is missing, in a word; null when nothing is. */
  missing(): string | null;
  close(): Promise<void>;
}
