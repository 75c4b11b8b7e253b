import { createRng } from "#ml/math/seeded-random.ts";

/** When the requests of an open loop are to be sent, whatever becomes of those before. */
export type Schedule = {
  /** Milliseconds after the start at which the next one is due; null when there are no more. */
  readonly nextMs: number | null;
  /** Goes on to the one after. */
  advance(): void;
};

/**
 * Arrivals as independent customers make them: a Poisson process of `rate` a second for `seconds`. Evenly spaced ones
 * would never queue behind one another, and so would flatter the server.
 */
export function poissonSchedule(rate: number, seconds: number, seed: number): Schedule {
  const rng = createRng(`schedule:${seed}`);
  const endMs = seconds * 1000;
  const gapMs = (): number => (-Math.log(1 - rng.next()) * 1000) / rate;
  let atMs = gapMs();
  return {
    get nextMs() {
      return atMs < endMs ? atMs : null;
    },
    advance() {
      atMs += gapMs();
    },
  };
}
