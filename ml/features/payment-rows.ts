import { attributeCode, categoryCode, categoryFields } from "./category-code.ts";
import type { FeatureDefinition, FeatureSet } from "./feature-set.ts";
import type { PaymentEvent } from "./payment-event.ts";
import { idFields, PaymentIds } from "./payment-ids.ts";

/** What a payment's row of numbers holds; NaN is missing. The set's declared attributes follow. */
export const CELL = {
  atMs: 0,
  amountMinor: 1,
  logAmount: 2, // ln(1 + amount)
  latitude: 3, // missing unless both coordinates are known
  longitude: 4,
  categories: 5, // codes of the texts, in the order of `categoryFields`
  labelCursor: 9,
  attributes: 10,
} as const;

/** The numbers that `setNumbers` takes. */
export const NUMBER = { atMs: 0, amountMinor: 1, latitude: 2, longitude: 3, labelCursor: 4 } as const;

const HALVES = 2 * idFields.length;

/** The declared attributes that a set reads, in the order that the rows hold them. */
export function attributesOf(set: FeatureSet): readonly FeatureDefinition[] {
  return set.definitions.filter((definition) => definition.aggregate === "attribute");
}

/**
 * Payments as numbers, for replay in bulk: a row of `width` numbers each, and the fingerprints of its ids (48 bytes).
 * What is read from strings and objects is read once, when a row is set. Rows fit the feature set they were made for.
 */
export class PaymentRows {
  readonly length: number;
  readonly width: number;
  readonly cells: Float64Array;
  readonly halves: Int32Array; // high, low of each id
  readonly present: Uint8Array; // 0 where the payment names no such id
  readonly #attributes: readonly { readonly name: string; readonly category: boolean }[];
  readonly #ids = new PaymentIds();
  readonly #numbers = new Float64Array(5);
  readonly #texts: (string | null)[] = categoryFields.map(() => null); // most payments share the last one's texts
  readonly #codes = new Float64Array(categoryFields.length).fill(Number.NaN);

  constructor(set: FeatureSet, length: number) {
    this.#attributes = attributesOf(set).map(({ name, attribute, unit }) => ({
      name: attribute ?? name,
      category: unit === "category",
    }));
    this.length = length;
    this.width = CELL.attributes + this.#attributes.length;
    this.cells = new Float64Array(length * this.width);
    this.halves = new Int32Array(length * HALVES);
    this.present = new Uint8Array(length * idFields.length);
  }

  /** Writes a payment into a row; `labelCursor` is that of a payment to replay, see Replayer. */
  set(row: number, event: PaymentEvent & { readonly labelCursor?: number | null }): void {
    const numbers = this.#numbers;
    numbers[NUMBER.atMs] = event.occurredAtMs;
    numbers[NUMBER.amountMinor] = event.amountMinor;
    numbers[NUMBER.latitude] = event.latitude ?? Number.NaN;
    numbers[NUMBER.longitude] = event.longitude ?? Number.NaN;
    numbers[NUMBER.labelCursor] = event.labelCursor ?? Number.NaN;
    this.setNumbers(row, numbers);
    this.#setCategory(row, 0, event.merchantCategory);
    this.#setCategory(row, 1, event.channel);
    this.#setCategory(row, 2, event.country);
    this.#setCategory(row, 3, event.currency);
    this.setAttributes(row, event.attributes);
    this.#ids.read(event, event.country);
    const { halves, present } = this.#ids;
    for (let i = 0; i < HALVES; i++) this.halves[row * HALVES + i] = halves[i] as number;
    for (let i = 0; i < idFields.length; i++) this.present[row * idFields.length + i] = present[i] as number;
  }

  /** Writes what a row holds of numbers, in the order of `NUMBER`; NaN is missing. */
  setNumbers(row: number, numbers: Float64Array): void {
    const { cells } = this;
    const at = row * this.width;
    const longitude = numbers[NUMBER.longitude] as number;
    cells[at + CELL.atMs] = numbers[NUMBER.atMs] as number;
    cells[at + CELL.amountMinor] = numbers[NUMBER.amountMinor] as number;
    cells[at + CELL.logAmount] = Math.log1p(numbers[NUMBER.amountMinor] as number);
    cells[at + CELL.latitude] = Number.isNaN(longitude) ? Number.NaN : (numbers[NUMBER.latitude] as number);
    cells[at + CELL.longitude] = longitude;
    cells[at + CELL.labelCursor] = numbers[NUMBER.labelCursor] as number;
  }

  /** Writes the code of a text, by its place in `categoryFields`; NaN is missing. */
  setCategory(row: number, index: number, code: number): void {
    this.cells[row * this.width + CELL.categories + index] = code;
  }

  /** Writes the fingerprint of an id, by its place in `idFields`; null where the payment names none. */
  setId(row: number, field: number, halves: Int32Array | null): void {
    const id = row * idFields.length + field;
    this.present[id] = halves === null ? 0 : 1;
    this.halves[id * 2] = halves === null ? 0 : (halves[0] as number);
    this.halves[id * 2 + 1] = halves === null ? 0 : (halves[1] as number);
  }

  setAttributes(row: number, attributes: PaymentEvent["attributes"]): void {
    const at = row * this.width + CELL.attributes;
    for (let i = 0; i < this.#attributes.length; i++) {
      const attribute = this.#attributes[i];
      if (attribute === undefined) continue;
      const value = attributes[attribute.name];
      this.cells[at + i] = attribute.category ? attributeCode(value) : numeric(value);
    }
  }

  #setCategory(row: number, index: number, text: string | null): void {
    if (text !== this.#texts[index]) {
      this.#texts[index] = text;
      this.#codes[index] = text === null ? Number.NaN : categoryCode(text);
    }
    this.setCategory(row, index, this.#codes[index] as number);
  }
}

/** Payments in the order given, as rows for a feature set's engine. */
export function paymentRows(set: FeatureSet, events: readonly PaymentEvent[]): PaymentRows {
  const rows = new PaymentRows(set, events.length);
  for (let i = 0; i < events.length; i++) rows.set(i, events[i] as PaymentEvent);
  return rows;
}

function numeric(value: PaymentEvent["attributes"][string] | undefined): number {
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : Number.NaN;
}
