import type { Draft } from "./draft.ts";
import type { DriftState } from "./drift.ts";
import { hashUnit } from "./hash.ts";

const NEW_CATEGORY = "6051";
const OTHER_COUNTRIES = ["BR", "NG", "VN"] as const;

/**
 * A payment as it comes in after what the drift does to payments one by one. Draws are hashes of where the payment
 * stands in the stream, so that a drift takes nothing from the streams of random numbers: without one, and before its
 * day, every payment stays what it was.
 */
export function afterDrift(draft: Draft, drift: DriftState, place: readonly [number, number, number]): Draft {
  const drawn = (salt: number): number => hashUnit(...place, salt);
  return lateLabel(withPayment(draft, drift, drawn), drift);
}

function withPayment(draft: Draft, drift: DriftState, drawn: (salt: number) => number): Draft {
  const { payment } = draft;
  const isNew = drift.newCategoryShare > 0 && drawn(901) < drift.newCategoryShare;
  const isElsewhere =
    payment.channel === "ecommerce" && drift.countryShift > 0 && drawn(902) < drift.countryShift;
  const isBare = drift.missingShare > 0 && drawn(903) < drift.missingShare;
  if (!(isNew || isElsewhere || isBare)) return draft;
  return {
    ...draft,
    payment: {
      ...payment,
      ...(isNew ? { merchantCategory: NEW_CATEGORY } : {}),
      ...(isElsewhere ? { country: OTHER_COUNTRIES[Math.floor(3 * drawn(904))] ?? null } : {}),
      ...(isBare ? { deviceId: null, attributes: {} } : {}),
    },
  };
}

function lateLabel(draft: Draft, { labelDelayFactor }: DriftState): Draft {
  const { label, payment } = draft;
  if (label === null || labelDelayFactor === 1) return draft;
  const delayMs = (label.recordedAtMs - payment.occurredAtMs) * labelDelayFactor;
  return { ...draft, label: { ...label, recordedAtMs: payment.occurredAtMs + Math.round(delayMs) } };
}
