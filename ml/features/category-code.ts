import { fingerprint } from "./fingerprint.ts";

/**
 * The number a text feature has in a feature vector: a 32-bit hash of the text, so that equal texts are equal numbers
 * on every machine and in every process, and no dictionary has to be kept. Two of 100 categories collide with
 * probability 1e-6.
 * @example categoryCode("grocery") === categoryCode("grocery") // true
 */
export function categoryCode(text: string): number {
  return fingerprint(text).low >>> 0;
}
