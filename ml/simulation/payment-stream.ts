import type { PaymentEvent } from "../features/payment-event.ts";
import { createRng } from "../math/seeded-random.ts";
import { DAY_MS, HOUR_MS, LONGEST_CAMPAIGN_DAYS } from "./campaign.ts";
import { PAYMENTS_PER_CUSTOMER_DAY } from "./customer.ts";
import { honestCampaignShare, planDay } from "./day-plan.ts";
import type { Draft } from "./draft.ts";
import { type Drift, driftAt } from "./drift.ts";
import { afterDrift } from "./drifted-draft.ts";
import { type FraudKind, fraudMix } from "./fraud-kind.ts";
import { hash32 } from "./hash.ts";
import type { SimulatedLabel } from "./labels.ts";
import { expectedInHour, type RhythmGroup, rhythmGroups } from "./rhythm.ts";
import { routinePayment } from "./routine.ts";
import { choose } from "./weighted-choice.ts";
import type { World } from "./world.ts";

/** A payment with the truth about it, and the label the outside world will give it, if any. */
export type SimulatedPayment = {
  readonly payment: PaymentEvent;
  readonly fraudKind: FraudKind | null;
  readonly label: SimulatedLabel | null;
};

export type StreamOptions = {
  readonly world: World;
  readonly fromMs: number;
  readonly fraudShare: number;
  readonly drift: readonly Drift[];
  readonly paymentsPerSecond: number | null; // null: the world's natural rate, with its days and nights
};

/** Share of routine payments made online, where friendly fraud happens; measured on the default world. */
const ROUTINE_ONLINE_SHARE = 0.4;

/**
 * The world's payments from `fromMs` on, in order of time, without end. Each hour depends on the world and the
 * hour alone, so streams that start at different times agree where they overlap, identifiers included.
 */
export function* paymentStream(options: StreamOptions): Generator<SimulatedPayment, never> {
  const { world, fromMs } = options;
  const groups = rhythmGroups(world);
  const tag = idTag(world.seed, options.paymentsPerSecond);
  const planned = new Map<number, Draft[]>();
  const firstHour = Math.floor(fromMs / HOUR_MS);
  let nextDay = Math.floor(fromMs / DAY_MS) - LONGEST_CAMPAIGN_DAYS;
  for (let hour = firstHour; ; hour++) {
    for (; nextDay * DAY_MS <= hour * HOUR_MS; nextDay++) {
      for (const draft of planCampaigns(options, nextDay)) file(planned, draft, firstHour);
    }
    const drafts = routineHour(options, groups, hour).concat(planned.get(hour) ?? []);
    planned.delete(hour);
    drafts.sort((a, b) => a.payment.occurredAtMs - b.payment.occurredAtMs);
    const drift = driftAt(options.drift, fromMs, hour * HOUR_MS);
    for (const [position, draft] of drafts.entries()) {
      if (draft.payment.occurredAtMs < fromMs) continue;
      const { payment, fraudKind, label } = afterDrift(draft, drift, [world.seed, hour, position]);
      const id = `pay_${tag}${hour.toString(36)}_${position.toString(36)}`;
      yield { payment: { id, ...payment }, fraudKind, label };
    }
  }
}

function planCampaigns(options: StreamOptions, dayIndex: number): Draft[] {
  const { world, fraudShare, fromMs, paymentsPerSecond } = options;
  const natural = world.customers.length * PAYMENTS_PER_CUSTOMER_DAY;
  const drift = driftAt(options.drift, fromMs, dayIndex * DAY_MS);
  return planDay(world, {
    dayIndex,
    paymentsPerDay: paymentsPerSecond === null ? natural : (paymentsPerSecond * DAY_MS) / 1000,
    fraudShare: fraudShare * drift.fraudFactor,
    drift,
  });
}

function file(planned: Map<number, Draft[]>, draft: Draft, firstHour: number): void {
  const hour = Math.floor(draft.payment.occurredAtMs / HOUR_MS);
  if (hour < firstHour) return;
  const drafts = planned.get(hour);
  if (drafts === undefined) planned.set(hour, [draft]);
  else drafts.push(draft);
}

/** The routine payments of one hour, group by group. */
function routineHour(options: StreamOptions, groups: readonly RhythmGroup[], hour: number): Draft[] {
  const { world, fraudShare, paymentsPerSecond } = options;
  const rng = createRng(`${world.seed}:hour:${hour}`);
  const scene = { world, rng, drift: driftAt(options.drift, options.fromMs, hour * HOUR_MS) };
  const friendly = fraudShare * fraudMix.friendly_fraud;
  const regretShare = friendly / ROUTINE_ONLINE_SHARE;
  const natural = groups.reduce((sum, group) => sum + expectedInHour(group, hour), 0);
  const wanted = paymentsPerSecond === null ? natural : (paymentsPerSecond * HOUR_MS) / 1000;
  const scale = (wanted / natural) * (1 - honestCampaignShare - fraudShare + friendly);
  const drafts: Draft[] = [];
  for (const group of groups) {
    const count = rng.poisson(expectedInHour(group, hour) * scale);
    for (let n = 0; n < count; n++) {
      const customer = world.customers[choose(group.members, rng.next())];
      if (customer === undefined) continue;
      const atMs = hour * HOUR_MS + rng.integer(HOUR_MS);
      drafts.push(routinePayment(scene, customer, { atMs, regretShare }));
    }
  }
  return drafts;
}

/** Keeps the identifiers of other seeds and other rates apart. Four characters at most. */
function idTag(seed: number, paymentsPerSecond: number | null): string {
  const rate = paymentsPerSecond === null ? 0 : Math.round(paymentsPerSecond * 1000) + 1;
  return (hash32(seed, rate, 77) % 36 ** 4).toString(36).padStart(4, "a");
}
