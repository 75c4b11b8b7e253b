import {
  defaultResolution,
  type FeatureDefinition,
  type FeatureSet,
  type WindowName,
  windowMs,
} from "./feature-set.ts";
import { attributesOf } from "./payment-rows.ts";
import type { TileWindow } from "./tile-table.ts";

export const statefulEntities = ["customer", "card", "device", "ip", "merchant"] as const;
export type StatefulEntity = (typeof statefulEntities)[number];

/**
 * What a tile adds up: payments by their own time, of them the big ones, frauds by the payment's time, labels by their
 * recording. Maxima keep the largest amount instead.
 */
export type Tally = "payments" | "bigs" | "maxima" | "frauds" | "labels";

/** A table of sliding sums of one entity: its windows, and where the engine's frame holds what was read. */
export type TablePlan = {
  readonly tally: Tally;
  readonly tileMs: number;
  readonly windows: TileWindow[];
  fields: number;
  frameAt: number;
};

/** All state of one entity that a feature set needs. */
export type EntityPlan = {
  readonly entity: StatefulEntity;
  readonly tables: TablePlan[];
  distinct: readonly DistinctField[]; // at most two
  place: boolean;
  usual: boolean;
  habit: boolean;
  run: SpanPlan | null; // of the judged payments that a run of frauds is looked for in
  streak: SpanPlan | null; // of the payments whose first and last fraud are asked for
  big: SpanPlan | null; // of the payments whose mean says what is big, and whose last big one is asked for
  frameAt: number; // of its head cells, and behind them the sums of its tables
  frameCells: number;
};

/** The ids of a payment that are counted at an entity. */
export const distinctFields = {
  distinct_cards: "cardToken",
  distinct_merchants: "merchantId",
  distinct_customers: "customerId",
} as const;
type DistinctAggregate = keyof typeof distinctFields;
export type DistinctField = (typeof distinctFields)[DistinctAggregate];

/** A window in tiles. */
export type SpanPlan = TileWindow & { readonly tileMs: number };

export const DAY_MS = 86_400_000;

/** Where an entity's head cells hold what; NaN is not known. Times are those of tiles, in milliseconds. */
export const HEAD = {
  paidAt: 0, // newest payment
  place: 1, // latitude, longitude, time
  usual: 4, // mean and standard deviation of ln(1 + amount)
  habit: 6, // shares of this hour and this weekday
  run: 8, // payments in the run of frauds, its beginning, the newest payment that is none
  streak: 11, // first and last fraud
  big: 13, // newest big payment
  distinct: 14, // distinct ids, in the order of the entity's plan
  distance: 16, // kilometres from the place
} as const;
export const HEAD_CELLS = 17;

type Need = { readonly tally: Tally; readonly fields: number };

const judged: readonly Need[] = [
  { tally: "payments", fields: 1 },
  { tally: "frauds", fields: 1 },
];

/** The sums each windowed aggregate reads. Fields of payments: count, sum, squares (high, low). */
const needs: Readonly<Record<string, readonly Need[]>> = {
  count: [{ tally: "payments", fields: 1 }],
  sum: [{ tally: "payments", fields: 2 }],
  mean: [{ tally: "payments", fields: 2 }],
  mean_major: [{ tally: "payments", fields: 2 }],
  amount_to_mean: [{ tally: "payments", fields: 2 }],
  amount_deviation: [{ tally: "payments", fields: 4 }],
  std: [{ tally: "payments", fields: 4 }],
  fraud_rate: judged,
  fraud_share: judged,
  labelled_fraud_rate: [{ tally: "labels", fields: 2 }],
  frauds: [{ tally: "frauds", fields: 1 }],
  hours_since_first_fraud: [{ tally: "frauds", fields: 1 }],
  hours_since_last_fraud: [{ tally: "frauds", fields: 1 }],
  fraud_run: judged,
  hours_since_run_start: judged,
  hours_since_cleared: judged,
  max: [{ tally: "maxima", fields: 1 }],
  amount_to_max: [{ tally: "maxima", fields: 1 }],
  big_payments: [{ tally: "bigs", fields: 1 }],
  big_share: [
    { tally: "bigs", fields: 1 },
    { tally: "payments", fields: 1 },
  ],
  hours_since_big_payment: [{ tally: "bigs", fields: 1 }],
};

/** The state a feature set needs, laid out in a frame of `frameSize` numbers that readers index. */
export class StatePlan {
  readonly entities: readonly EntityPlan[];
  readonly attributes: readonly FeatureDefinition[]; // declared ones, in the order that payment rows hold them
  readonly frameSize: number;
  readonly retentionMs: number; // nothing but seen-before pairs reaches further back
  readonly #set: FeatureSet;

  constructor(set: FeatureSet) {
    this.#set = set;
    this.attributes = attributesOf(set);
    this.entities = statefulEntities.flatMap((entity) => planEntity(entity, set, this.#tileMs.bind(this)));
    let at = 0;
    for (const plan of this.entities) {
      plan.frameAt = at;
      at += HEAD_CELLS;
      for (const table of plan.tables) {
        table.frameAt = at;
        at += table.windows.length * table.fields;
      }
      plan.frameCells = at - plan.frameAt;
    }
    this.frameSize = at;
    const reaches = this.entities.flatMap((e) =>
      e.tables.flatMap((t) => t.windows.map((w) => w.left * t.tileMs)),
    );
    this.retentionMs = Math.max(30 * DAY_MS, ...reaches);
  }

  /** Where an entity's head cells begin. @throws RangeError when the set gives the entity no state. */
  head(entity: string): number {
    return this.#entity(entity).frameAt;
  }

  /** Where the frame holds a count of distinct ids. @throws RangeError when the set keeps no such count. */
  distinct({ entity, aggregate, name }: FeatureDefinition): number {
    const plan = this.#entity(entity);
    const index = plan.distinct.indexOf(distinctFields[aggregate as DistinctAggregate]);
    if (index < 0) throw new RangeError(`feature ${name} has no state`);
    return plan.frameAt + HEAD.distinct + index;
  }

  /** Where the frame holds the sums that a definition's window reads. */
  sums(definition: FeatureDefinition, tally: Tally): number {
    const wanted = tileWindow(definition, this.#tileMs(definition.window));
    const table = this.#entity(definition.entity).tables.find(
      (t) => t.tally === tally && t.tileMs === this.#tileMs(definition.window),
    );
    const index = table?.windows.findIndex((w) => w.left === wanted.left && w.right === wanted.right) ?? -1;
    if (table === undefined || index < 0) throw new RangeError(`feature ${definition.name} has no state`);
    return table.frameAt + index * table.fields;
  }

  #entity(entity: string): EntityPlan {
    const plan = this.entities.find((e) => e.entity === entity);
    if (plan === undefined) throw new RangeError(`no state is kept for ${entity}`);
    return plan;
  }

  #tileMs(window: WindowName | null): number {
    if (window === null) throw new RangeError("a windowed aggregate needs a window");
    return (this.#set.resolutionMs ?? defaultResolution)[window];
  }
}

function planEntity(
  entity: StatefulEntity,
  set: FeatureSet,
  tileMs: (window: WindowName | null) => number,
): EntityPlan[] {
  const definitions = set.definitions.filter((d) => d.entity === entity && d.aggregate !== "seen_before");
  if (definitions.length === 0) return [];
  const asked = (pattern: RegExp): boolean => definitions.some((d) => pattern.test(d.aggregate));
  const spanOf = (pattern: RegExp): SpanPlan | null => {
    const definition = definitions.find((d) => pattern.test(d.aggregate));
    if (definition === undefined) return null;
    return { ...tileWindow(definition, tileMs(definition.window)), tileMs: tileMs(definition.window) };
  };
  const plan: EntityPlan = {
    entity,
    tables: [],
    distinct: [
      ...new Set(definitions.flatMap((d) => distinctFields[d.aggregate as DistinctAggregate] ?? [])),
    ],
    place: asked(/^(distance|speed)/),
    usual: asked(/^amount_(log_deviation|to_usual)$/),
    habit: asked(/_habit$/),
    run: spanOf(/^(fraud_run|hours_since_run_start|hours_since_cleared)$/),
    streak: spanOf(/^hours_since_(first|last)_fraud$/),
    big: asked(/^big_|_big_/) ? bigSpan(tileMs("30d")) : null,
    frameAt: 0,
    frameCells: 0,
  };
  for (const definition of definitions) {
    for (const need of needs[definition.aggregate] ?? []) {
      addWindow(plan, need, tileWindow(definition, tileMs(definition.window)), tileMs(definition.window));
    }
  }
  if (plan.big !== null) {
    const { left, right } = plan.big;
    for (const [tally, fields] of [
      ["payments", 2],
      ["bigs", 1],
    ] as const)
      addWindow(plan, { tally, fields }, { left, right }, plan.big.tileMs);
  }
  return [plan];
}

/** A payment is big against the mean of 30 days, and the last big one is looked for in 30 days. */
function bigSpan(tileMs: number): SpanPlan {
  return { left: windowMs["30d"] / tileMs, right: 0, tileMs };
}

function addWindow(plan: EntityPlan, need: Need, window: TileWindow, tileMs: number): void {
  let table = plan.tables.find((t) => t.tally === need.tally && t.tileMs === tileMs);
  if (table === undefined) {
    table = { tally: need.tally, tileMs, windows: [], fields: 0, frameAt: 0 };
    plan.tables.push(table);
  }
  table.fields = Math.max(table.fields, need.fields);
  if (!table.windows.some((w) => w.left === window.left && w.right === window.right))
    table.windows.push(window);
}

function tileWindow(definition: FeatureDefinition, tileMs: number): TileWindow {
  if (definition.window === null) throw new RangeError(`feature ${definition.name} needs a window`);
  const right = ((definition.delayDays ?? 0) * DAY_MS) / tileMs;
  const left = windowMs[definition.window] / tileMs + right;
  if (!Number.isInteger(left) || !Number.isInteger(right)) {
    throw new RangeError(
      `feature ${definition.name}: its window is not a whole number of tiles of ${tileMs} ms`,
    );
  }
  return { left, right };
}
