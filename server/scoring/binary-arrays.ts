/** PostgreSQL types that a column may have here, by the oid of one element (pg_type.dat). */
const elementOid = {
  text: 25,
  bigint: 20,
  float8: 701,
  timestamptz: 1184,
  jsonb: 3802,
  bytea: 17,
  bool: 16,
} as const;

export type ElementType = keyof typeof elementOid;

/** What a value may be: jsonb as its text, timestamptz in milliseconds since 1970, bigint a safe integer. */
export type ElementValue = string | number | boolean | Uint8Array | null;

const numeric: ReadonlySet<ElementType> = new Set(["bigint", "float8", "timestamptz"]);
const HEADER_BYTES = 20;
const JSONB_VERSION = 1;
/** PostgreSQL counts microseconds from 2000-01-01 UTC. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 4_294_967_296;

/**
 * Writes arrays as PostgreSQL's binary wire format (array_recv: dimensions, null flag, element oid, length, lower
 * bound, then each element behind its length, -1 for null), which costs neither side a text to escape and parse. The
 * arrays of one statement lie in one buffer, which `reset` gives free: whoever sent them has copied them by then.
 */
export class BinaryArrays {
  #buffer: Buffer;
  #at = 0;

  constructor(bytes = 65_536) {
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
  }

  reset(): void {
    this.#at = 0;
  }

  /**
   * An array of one value per row, valid until `reset`.
   * @throws TypeError when a value is not of the type.
   */
  write<Row>(type: ElementType, rows: readonly Row[], read: (row: Row) => ElementValue): Buffer {
    const start = this.#at;
    this.#room(HEADER_BYTES);
    const flags = start + 4;
    this.#int32(rows.length === 0 ? 0 : 1);
    this.#int32(0);
    this.#int32(elementOid[type]);
    if (rows.length > 0) {
      this.#int32(rows.length);
      this.#int32(1);
    }
    for (let i = 0; i < rows.length; i++) {
      const value = read(rows[i] as Row);
      if (value === null) {
        this.#room(4);
        this.#int32(-1);
        this.#buffer[flags + 3] = 1;
      } else this.#element(type, value);
    }
    return this.#buffer.subarray(start, this.#at);
  }

  #element(type: ElementType, value: string | number | boolean | Uint8Array): void {
    if (typeof value === "string" && (type === "text" || type === "jsonb")) this.#text(type, value);
    else if (typeof value === "number" && numeric.has(type)) this.#number(type, value);
    else if (typeof value === "boolean" && type === "bool") this.#bool(value);
    else if (typeof value === "object" && type === "bytea") this.#bytes(value);
    else throw new TypeError(`a value of type ${typeof value} cannot be written as ${type}`);
  }

  #text(type: ElementType, value: string): void {
    this.#room(5 + value.length * 3); // of UTF-8, at most
    const lengthAt = this.#at;
    this.#at += 4;
    if (type === "jsonb") this.#buffer[this.#at++] = JSONB_VERSION;
    this.#at += this.#buffer.write(value, this.#at);
    this.#buffer.writeInt32BE(this.#at - lengthAt - 4, lengthAt);
  }

  #number(type: ElementType, value: number): void {
    this.#room(12);
    this.#int32(8);
    if (type === "float8") this.#at = this.#buffer.writeDoubleBE(value, this.#at);
    else if (type === "bigint") this.#int64(value);
    else this.#microseconds(Math.round(value) - POSTGRES_EPOCH_MS);
  }

  #bytes(value: Uint8Array): void {
    this.#room(4 + value.length);
    this.#int32(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
  }

  #bool(value: boolean): void {
    this.#room(5);
    this.#int32(1);
    this.#buffer[this.#at++] = Number(value);
  }

  #int32(value: number): void {
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  #microseconds(milliseconds: number): void {
    if (Number.isSafeInteger(milliseconds * 1000)) this.#int64(milliseconds * 1000);
    else this.#at = this.#buffer.writeBigInt64BE(BigInt(milliseconds) * 1000n, this.#at);
  }

  #int64(value: number): void {
    if (!Number.isSafeInteger(value))
      throw new TypeError("a whole number is too large to be written exactly");
    const high = Math.floor(value / TWO_TO_32);
    this.#int32(high);
    this.#at = this.#buffer.writeUInt32BE(value - high * TWO_TO_32, this.#at);
  }

  /** Makes room; what was handed out before keeps the buffer that it lies in. */
  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}
