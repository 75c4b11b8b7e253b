import { writeFingerprint } from "./fingerprint.ts";
import type { PaymentEvent } from "./payment-event.ts";

/**
 * The number a text feature has in a feature vector: a 32-bit hash of the text, so that equal texts are equal numbers
 * on every machine and in every process, and no dictionary has to be kept. Two of 100 categories collide with
 * probability 1e-6.
 * @example categoryCode("grocery") === categoryCode("grocery") // true
 */
export function categoryCode(text: string): number {
  writeFingerprint(text, halves, 0);
  return codeOf(halves);
}

/** The code of the text with this fingerprint. */
export function codeOf(fingerprintHalves: Int32Array): number {
  return (fingerprintHalves[1] as number) >>> 0;
}

const halves = new Int32Array(2);

/** The texts of a payment that are categories. */
export const categoryFields = ["merchantCategory", "channel", "country", "currency"] as const;
export type CategoryField = (typeof categoryFields)[number];

/** The field that a definition of aggregate "category" reads. @throws RangeError when it names none. */
export function categoryField(name: string | undefined): CategoryField {
  const field = categoryFields.find((known) => known === name);
  if (field === undefined)
    throw new RangeError(`${name} is no category of a payment; known are ${categoryFields.join(", ")}`);
  return field;
}

/** The code of a declared attribute, of numbers and flags too; NaN where the payment does not carry it. */
export function attributeCode(value: PaymentEvent["attributes"][string] | undefined): number {
  return value === undefined ? Number.NaN : categoryCode(String(value));
}
