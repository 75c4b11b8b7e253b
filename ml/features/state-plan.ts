import {
  defaultResolution,
  type FeatureDefinition,
  type FeatureSet,
  type WindowName,
  windowMs,
} from "./feature-set.ts";
import type { TileWindow } from "./tile-table.ts";

export const statefulEntities = ["customer", "card", "device", "ip", "merchant"] as const;
export type StatefulEntity = (typeof statefulEntities)[number];

/** What a tile adds up: payments by their own time, frauds by the payment's time, labels by their recording. */
export type Tally = "payments" | "frauds" | "labels";

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
  distinct: "cardToken" | "merchantId" | null;
  place: boolean;
  frameAt: number; // newest payment's time, distinct count, then latitude, longitude and time of the last place
};

export const DAY_MS = 86_400_000;
const HEAD_CELLS = 5;

type Need = { readonly tally: Tally; readonly fields: number };

/** The sums each windowed aggregate reads. Fields of payments: count, sum, squares (high, low). */
const needs: Readonly<Record<string, readonly Need[]>> = {
  count: [{ tally: "payments", fields: 1 }],
  sum: [{ tally: "payments", fields: 2 }],
  mean: [{ tally: "payments", fields: 2 }],
  mean_major: [{ tally: "payments", fields: 2 }],
  amount_to_mean: [{ tally: "payments", fields: 2 }],
  amount_deviation: [{ tally: "payments", fields: 4 }],
  std: [{ tally: "payments", fields: 4 }],
  fraud_rate: [
    { tally: "payments", fields: 1 },
    { tally: "frauds", fields: 1 },
  ],
  fraud_share: [
    { tally: "payments", fields: 1 },
    { tally: "frauds", fields: 1 },
  ],
  labelled_fraud_rate: [{ tally: "labels", fields: 2 }],
};

/** The state a feature set needs, laid out in a frame of `frameSize` numbers that readers index. */
export class StatePlan {
  readonly entities: readonly EntityPlan[];
  readonly frameSize: number;
  readonly retentionMs: number; // nothing but seen-before pairs reaches further back
  readonly #set: FeatureSet;

  constructor(set: FeatureSet) {
    this.#set = set;
    this.entities = statefulEntities.flatMap((entity) => planEntity(entity, set, this.#tileMs.bind(this)));
    let at = 0;
    for (const plan of this.entities) {
      plan.frameAt = at;
      at += HEAD_CELLS;
      for (const table of plan.tables) {
        table.frameAt = at;
        at += table.windows.length * table.fields;
      }
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
  const plan: EntityPlan = { entity, tables: [], distinct: null, place: false, frameAt: 0 };
  for (const definition of definitions) {
    if (definition.aggregate === "distinct_cards") plan.distinct = "cardToken";
    if (definition.aggregate === "distinct_merchants") plan.distinct = "merchantId";
    if (definition.aggregate.startsWith("distance") || definition.aggregate.startsWith("speed"))
      plan.place = true;
    for (const need of needs[definition.aggregate] ?? []) {
      addWindow(plan, need, tileWindow(definition, tileMs(definition.window)), tileMs(definition.window));
    }
  }
  return [plan];
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
