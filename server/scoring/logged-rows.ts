import { codeOf } from "#ml/features/category-code.ts";
import { AsciiFingerprint, writeFingerprint } from "#ml/features/fingerprint.ts";
import type { AttributeValue } from "#ml/features/payment-event.ts";
import { COUNTRY } from "#ml/features/payment-ids.ts";
import { NUMBER, type PaymentRows } from "#ml/features/payment-rows.ts";
import type { ReplayEvent } from "#ml/features/replay.ts";
import type { CopiedRows } from "#server/db/copy-out.ts";

/** Columns of the log in the order in which a copied row has them. */
const columns = [
  "t.seq",
  "d.transaction_id is not null",
  "t.occurred_at",
  "t.amount_minor",
  "t.latitude",
  "t.longitude",
  "case when d.origin = 'live' then d.label_cursor end",
  "t.customer_id",
  "t.merchant_id",
  "t.card_token",
  "t.device_id",
  "t.ip",
  "t.country",
  "t.merchant_category",
  "t.channel",
  "t.currency",
  "t.attributes",
  "t.id",
];
const [SEQ, DECIDED, OCCURRED_AT, AMOUNT, LATITUDE, LONGITUDE, CURSOR, IDS, ATTRIBUTES, ID] = [
  0, 1, 2, 3, 4, 5, 6, 7, 16, 17,
];
const CATEGORIES = [13, 14, 12, 15]; // in the order of `categoryFields`
const COUNTRY_COLUMN = IDS + COUNTRY;
const EPOCH_MS = Date.UTC(2000, 0, 1); // timestamps are microseconds since then
const TWO_TO_32 = 4_294_967_296;
const JSONB_VERSION_BYTES = 1;
const noAttributes = Object.freeze({});

/** Which payments: those after `afterSeq`, up to and with `toSeq`. */
export type LogRange = { readonly afterSeq: number; readonly toSeq: number };

/** The query of up to `limit` payments in order of arrival, for `copyOut`. */
export function loggedRowsQuery(
  { afterSeq, toSeq }: LogRange,
  limit: number,
  { attributes }: { readonly attributes: boolean },
): string {
  const wanted = columns.map((column) => (column === "t.attributes" && !attributes ? "null::jsonb" : column));
  return `select ${wanted.join(", ")} from transaction t left join decision d on d.transaction_id = t.id
    where t.seq > ${BigInt(afterSeq)} and t.seq <= ${BigInt(toSeq)} order by t.seq limit ${BigInt(limit)}`;
}

/** Reads copied payments of the log, into the rows that an engine takes or one by one. */
export class LoggedRows {
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #starts: Uint32Array;
  readonly #from = new Int32Array(columns.length); // where the fields of the row read last begin and end
  readonly #to = new Int32Array(columns.length); // -1: null
  readonly #numbers = new Float64Array(5);
  readonly #ascii = new AsciiFingerprint();

  constructor({ bytes, starts, count }: CopiedRows) {
    this.count = count;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = starts;
  }

  seq(row: number): number {
    this.#find(row);
    return this.#int8(SEQ);
  }

  /** Whether there is a decision on the payment. */
  isDecided(row: number): boolean {
    this.#find(row);
    return this.#bytes[this.#from[DECIDED] as number] === 1;
  }

  /** The payment as features see it: with the labels that a live decision saw, or else those known at its time. */
  event(row: number): ReplayEvent {
    this.#find(row);
    const numbers = this.#readNumbers();
    const [customerId, merchantId, cardToken, deviceId, ip, country, merchantCategory, channel, currency] =
      Array.from({ length: ATTRIBUTES - IDS }, (_, i) => this.#text(IDS + i));
    return {
      id: this.#text(ID) ?? "",
      occurredAtMs: numbers[NUMBER.atMs] ?? 0,
      amountMinor: numbers[NUMBER.amountMinor] ?? 0,
      currency: currency ?? "",
      customerId: customerId ?? "",
      merchantId: merchantId ?? "",
      cardToken: cardToken ?? null,
      deviceId: deviceId ?? null,
      ip: ip ?? null,
      merchantCategory: merchantCategory ?? null,
      channel: channel ?? null,
      country: country ?? null,
      latitude: this.#isNull(LATITUDE) ? null : (numbers[NUMBER.latitude] ?? null),
      longitude: this.#isNull(LONGITUDE) ? null : (numbers[NUMBER.longitude] ?? null),
      attributes: this.#attributes(),
      labelCursor: this.#isNull(CURSOR) ? null : (numbers[NUMBER.labelCursor] ?? null),
    };
  }

  /** Writes a payment into row `to` of an engine's rows, as `PaymentRows.set` of its event would. */
  copyTo(rows: PaymentRows, row: number, to: number): void {
    this.#find(row);
    rows.setNumbers(to, this.#readNumbers());
    for (let field = 0; field <= COUNTRY; field++) rows.setId(to, field, this.#fingerprint(IDS + field));
    for (let i = 0; i < CATEGORIES.length; i++) {
      const halves = this.#fingerprint(CATEGORIES[i] ?? COUNTRY_COLUMN);
      rows.setCategory(to, i, halves === null ? Number.NaN : codeOf(halves));
    }
    if (!this.#isNull(ATTRIBUTES)) rows.setAttributes(to, this.#attributes());
    else rows.setAttributes(to, noAttributes);
  }

  #find(row: number): void {
    const view = this.#view;
    let at = (this.#starts[row] ?? 0) + 2;
    for (let i = 0; i < this.#from.length; i++) {
      const length = view.getInt32(at);
      at += 4;
      this.#from[i] = at;
      if (length > 0) at += length;
      this.#to[i] = length < 0 ? -1 : at;
    }
  }

  #readNumbers(): Float64Array {
    const numbers = this.#numbers;
    numbers[NUMBER.atMs] = this.#int8(OCCURRED_AT) / 1000 + EPOCH_MS;
    numbers[NUMBER.amountMinor] = this.#int8(AMOUNT);
    numbers[NUMBER.latitude] = this.#float8(LATITUDE);
    numbers[NUMBER.longitude] = this.#float8(LONGITUDE);
    numbers[NUMBER.labelCursor] = this.#isNull(CURSOR) ? Number.NaN : this.#int8(CURSOR);
    return numbers;
  }

  #isNull(field: number): boolean {
    return (this.#to[field] as number) < 0;
  }

  #int8(field: number): number {
    const at = this.#from[field] as number;
    return this.#view.getInt32(at) * TWO_TO_32 + this.#view.getUint32(at + 4);
  }

  #float8(field: number): number {
    return this.#isNull(field) ? Number.NaN : this.#view.getFloat64(this.#from[field] as number);
  }

  #fingerprint(field: number): Int32Array | null {
    const to = this.#to[field] as number;
    if (to < 0) return null;
    const { halves } = this.#ascii;
    if (!this.#ascii.read(this.#bytes, this.#from[field] as number, to))
      writeFingerprint(this.#text(field) ?? "", halves, 0);
    return halves;
  }

  #text(field: number): string | null {
    if (this.#isNull(field)) return null;
    return this.#bytes.toString("utf8", this.#from[field], this.#to[field]);
  }

  #attributes(): Readonly<Record<string, AttributeValue>> {
    if (this.#isNull(ATTRIBUTES)) return noAttributes;
    const from = (this.#from[ATTRIBUTES] ?? 0) + JSONB_VERSION_BYTES;
    return JSON.parse(this.#bytes.toString("utf8", from, this.#to[ATTRIBUTES])) as Record<
      string,
      AttributeValue
    >;
  }
}
