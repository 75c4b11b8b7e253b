import type { BenchWorld } from "../payments.ts";
import type { Endpoint } from "./request-source.ts";
import type { LoadResult } from "./tally.ts";

/** What the load generator is told once, as its argument. */
export type LoadPlan = { readonly world: BenchWorld; readonly bodies: number; readonly tag: string };

/** A run that it is asked for. */
export type LoadJob = {
  readonly endpoints: readonly Endpoint[];
  readonly connections: number;
  readonly seconds: number;
  /** Payments a request; above 1 they go as an array. */
  readonly batch: number;
  /** Requests a second by schedule; null: a closed loop. */
  readonly rate: number | null;
  /** How long a request of an open loop waits for a connection before its caller gives up; for ever without it. */
  readonly patienceMs?: number;
  readonly seed: number;
};

export type LoadAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly result: LoadResult }
  | { readonly kind: "failed"; readonly message: string };
