import { deviation } from "./amount-sums.ts";
import { fraudPrior, paymentAt, SMALLEST_LOG_SPREAD, STEP, stepOf } from "./feature-readers.ts";
import type { FeatureDefinition } from "./feature-set.ts";
import { hoursOfDay, weekdayOf } from "./pay-time.ts";
import { CELL } from "./payment-rows.ts";
import { HEAD, type StatePlan } from "./state-plan.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Features as a table of steps over the frame that the engine filled, those of one kind one after the other. One loop
 * runs them all: functions that return a number each would have it boxed.
 */
export class FeatureProgram {
  readonly #kinds: Uint8Array;
  readonly #targets: Int32Array;
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #c: Float64Array;
  readonly #payment: number;

  /** @throws RangeError when a definition's aggregate is not known, or the plan has no state for it. */
  constructor(definitions: readonly FeatureDefinition[], plan: StatePlan) {
    const steps = definitions
      .map((definition, target) => ({ ...stepOf(definition, plan), target }))
      .sort((one, other) => one.kind - other.kind);
    this.#kinds = Uint8Array.from(steps, (step) => step.kind);
    this.#targets = Int32Array.from(steps, (step) => step.target);
    this.#a = Int32Array.from(steps, (step) => step.a);
    this.#b = Int32Array.from(steps, (step) => step.b ?? 0);
    this.#c = Float64Array.from(steps, (step) => step.c ?? 0);
    this.#payment = paymentAt(plan);
  }

  /** Writes the features of the payment in the frame at `offset`; NaN is missing, always of the same bits. */
  run(frame: Float64Array, out: Float64Array, offset: number): void {
    const atMs = frame[this.#payment + CELL.atMs] as number;
    const amount = frame[this.#payment + CELL.amountMinor] as number;
    const logAmount = frame[this.#payment + CELL.logAmount] as number;
    const [kinds, targets, as, bs, cs] = [this.#kinds, this.#targets, this.#a, this.#b, this.#c];
    let [spreadAt, spread] = [-1, Number.NaN]; // several features may ask for the same
    for (let i = 0; i < kinds.length; i++) {
      const a = as[i] as number;
      const c = cs[i] as number;
      let value = frame[a] as number;
      switch (kinds[i]) {
        case STEP.copy:
          break;
        case STEP.scaled:
          value /= c;
          break;
        case STEP.plus:
          value += c;
          break;
        case STEP.plusAmount:
          value += c * amount;
          break;
        case STEP.mean: {
          const own = bs[i] as number;
          const count = value + own;
          value = count > 0 ? ((frame[a + 1] as number) + own * amount) / c / count : Number.NaN;
          break;
        }
        case STEP.share: {
          const payments = frame[bs[i] as number] as number;
          value = payments > 0 ? value / payments : Number.NaN;
          break;
        }
        case STEP.shareOrZero: {
          const payments = frame[bs[i] as number] as number;
          value = payments > 0 ? value / payments : 0;
          break;
        }
        case STEP.fraudRate: {
          const payments = frame[bs[i] as number] as number;
          value = shrunkRate(value < payments ? value : payments, payments);
          break;
        }
        case STEP.labelRate:
          value = shrunkRate(frame[a + 1] as number, value);
          break;
        case STEP.hoursSince:
          value = (atMs - value) / HOUR_MS;
          break;
        case STEP.secondsSince:
          // A late payment has no known predecessor.
          value = atMs - value >= 0 ? (atMs - value) / 1000 : Number.NaN;
          break;
        case STEP.spread:
          spreadAt = a;
          spread = deviation(frame, a);
          value = spread;
          break;
        case STEP.amountToMean: {
          const sum = frame[a + 1] as number;
          value = sum > 0 ? (amount * value) / sum : Number.NaN;
          break;
        }
        case STEP.amountDeviation:
          if (a !== spreadAt) spread = deviation(frame, a);
          spreadAt = a;
          value = spread > 0 ? (amount - (frame[a + 1] as number) / value) / spread : Number.NaN;
          break;
        case STEP.amountToMax:
          value = value > 0 ? amount / value : Number.NaN;
          break;
        case STEP.logDeviation: {
          const usual = frame[a + 1] as number;
          value = (logAmount - value) / (usual < SMALLEST_LOG_SPREAD ? SMALLEST_LOG_SPREAD : usual);
          break;
        }
        case STEP.amountToUsual:
          value = Math.exp(logAmount - value);
          break;
        case STEP.speed: {
          const elapsed = Math.abs(atMs - (frame[a + HEAD.place + 2] as number));
          value = (frame[a + HEAD.distance] as number) / (Math.max(elapsed, MINUTE_MS) / HOUR_MS);
          break;
        }
        case STEP.hour:
          value = hoursOfDay(atMs);
          break;
        case STEP.weekday:
          value = weekdayOf(atMs);
          break;
        case STEP.weekend:
          value = weekdayOf(atMs) >= 5 ? 1 : 0;
          break;
        case STEP.night:
          value = hoursOfDay(atMs) < 7 ? 1 : 0;
          break;
        case STEP.equals:
          value = value === c ? 1 : value < c || value > c ? 0 : Number.NaN;
          break;
      }
      out[offset + (targets[i] as number)] = Number.isNaN(value) ? Number.NaN : value;
    }
  }
}

function shrunkRate(frauds: number, payments: number): number {
  if (!(payments > 0)) return Number.NaN;
  return (frauds + fraudPrior.rate * fraudPrior.weight) / (payments + fraudPrior.weight);
}
