import { share } from "./reading.ts";
import type { Gain } from "./types.ts";

/** The share that is told in the titles. */
const TOLD = 0.01;

export function gainReading(gains: readonly Gain[]): string {
  const told = gains.find((gain) => gain.share === TOLD);
  if (told === undefined || told.gain === null) return "Share of frauds among the highest scores";
  return `The highest 1 % of scores hold ${share(told.gain, told.gainInterval)} of frauds`;
}

export function liftReading(gains: readonly Gain[]): string {
  const told = gains.find((gain) => gain.share === TOLD);
  if (told === undefined || told.lift === null) return "How many more frauds than chance";
  const { lift, liftInterval } = told;
  const interval =
    liftInterval === null ? "" : ` (${liftInterval.lower.toFixed(0)} to ${liftInterval.upper.toFixed(0)})`;
  return `The highest 1 % of scores hold ${lift.toFixed(0)}${interval} times as many frauds as chance`;
}
