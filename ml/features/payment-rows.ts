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
    const { cells } = this;
    const at = row * this.width;
    cells[at + CELL.atMs] = event.occurredAtMs;
    cells[at + CELL.amountMinor] = event.amountMinor;
    cells[at + CELL.logAmount] = Math.log1p(event.amountMinor);
    cells[at + CELL.latitude] = event.longitude === null ? Number.NaN : (event.latitude ?? Number.NaN);
    cells[at + CELL.longitude] = event.longitude ?? Number.NaN;
    this.#setCategory(at, 0, event.merchantCategory);
    this.#setCategory(at, 1, event.channel);
    this.#setCategory(at, 2, event.country);
    this.#setCategory(at, 3, event.currency);
    cells[at + CELL.labelCursor] = event.labelCursor ?? Number.NaN;
    for (let i = 0; i < this.#attributes.length; i++) {
      const attribute = this.#attributes[i];
      if (attribute === undefined) continue;
      const value = event.attributes[attribute.name];
      cells[at + CELL.attributes + i] = attribute.category ? attributeCode(value) : numeric(value);
    }
    this.#ids.read(event, event.country);
    const { halves, present } = this.#ids;
    for (let i = 0; i < HALVES; i++) this.halves[row * HALVES + i] = halves[i] as number;
    for (let i = 0; i < idFields.length; i++) this.present[row * idFields.length + i] = present[i] as number;
  }

  #setCategory(at: number, index: number, text: string | null): void {
    if (text !== this.#texts[index]) {
      this.#texts[index] = text;
      this.#codes[index] = text === null ? Number.NaN : categoryCode(text);
    }
    this.cells[at + CELL.categories + index] = this.#codes[index] as number;
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
