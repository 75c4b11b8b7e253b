import type { PaymentEvent } from "#ml/features/payment-event.ts";

/** What a request is written into and how much it asks: one per kind of call. */
export type RequestSource = {
  /** Payments in one request. */
  readonly payments: number;
  /** Bytes that a request may take. */
  readonly size: number;
  /** Writes the next request; returns its length. */
  write(into: Buffer): number;
};

export type Endpoint = { readonly port: number; readonly path: string; readonly key: string | null };

const ID_DIGITS = 8; // letters a to p: no run of digits that could be taken for a card number
const TAG_LETTERS = 6;
const LENGTH_DIGITS = 7;
const ID_START = '{"id":"pay_';
const TIME_START = '","occurredAt":"';

/**
 * Bodies made beforehand, each with room for a fresh id and time, so that a request costs two copies and 32 bytes
 * written. `tag` keeps the ids of one run apart from those of others.
 */
export class PreparedBodies {
  readonly longest: number;
  readonly #bytes: Buffer;
  readonly #starts: Uint32Array;
  readonly #idAt: number;
  readonly #timeAt: number;
  #next = 0;
  #made = 0;
  #timeMs = 0;
  #time = "";

  constructor(payments: Iterable<PaymentEvent>, tag: string) {
    if (!/^[a-z]{6}$/.test(tag)) throw new RangeError("a tag is six small letters");
    const bodies = Array.from(payments, (payment) => Buffer.from(bodyOf(payment, tag)));
    if (bodies.length === 0) throw new RangeError("there are no payments to send");
    this.#bytes = Buffer.concat(bodies);
    this.#starts = new Uint32Array(bodies.length + 1);
    let [end, longest] = [0, 0];
    for (const [position, body] of bodies.entries()) {
      end += body.length;
      longest = Math.max(longest, body.length);
      this.#starts[position + 1] = end;
    }
    this.longest = longest;
    this.#idAt = ID_START.length + TAG_LETTERS;
    this.#timeAt = this.#idAt + ID_DIGITS + TIME_START.length;
  }

  /** The length of the body that `write` writes next. */
  get nextLength(): number {
    return (this.#starts[this.#next + 1] ?? 0) - (this.#starts[this.#next] ?? 0);
  }

  write(into: Buffer, at: number): number {
    const [from = 0, to = 0] = [this.#starts[this.#next], this.#starts[this.#next + 1]];
    this.#bytes.copy(into, at, from, to);
    let count = this.#made++;
    for (let digit = ID_DIGITS - 1; digit >= 0; digit--) {
      into[at + this.#idAt + digit] = 97 + (count & 15);
      count >>>= 4;
    }
    into.write(this.#now(), at + this.#timeAt, "latin1");
    this.#next = this.#next + 2 === this.#starts.length ? 0 : this.#next + 1;
    return to - from;
  }

  #now(): string {
    const now = Date.now();
    if (now !== this.#timeMs) [this.#timeMs, this.#time] = [now, new Date(now).toISOString()];
    return this.#time;
  }
}

/** One payment a request, as the endpoint takes it. */
export function singleRequests(bodies: PreparedBodies, endpoint: Endpoint): RequestSource {
  const heads = new Map<number, Buffer>();
  const headOf = (length: number): Buffer => {
    const known = heads.get(length);
    if (known !== undefined) return known;
    const head = Buffer.from(requestHead(endpoint, String(length)));
    heads.set(length, head);
    return head;
  };
  return {
    payments: 1,
    size: bodies.longest + headOf(bodies.longest).length + 8,
    write(into) {
      const headLength = headOf(bodies.nextLength).copy(into);
      return headLength + bodies.write(into, headLength);
    },
  };
}

/** Many payments a request, as an array. */
export function batchRequests(bodies: PreparedBodies, endpoint: Endpoint, payments: number): RequestSource {
  const head = requestHead(endpoint, "0".repeat(LENGTH_DIGITS));
  const lengthAt = head.length - 4 - LENGTH_DIGITS;
  const comma = 44;
  return {
    payments,
    size: head.length + payments * (bodies.longest + 1) + 2,
    write(into) {
      into.write(head, 0, "latin1");
      let at = head.length;
      into[at++] = 91; // [
      for (let payment = 0; payment < payments; payment++) {
        if (payment > 0) into[at++] = comma;
        at += bodies.write(into, at);
      }
      into[at++] = 93; // ]
      into.write(String(at - head.length).padStart(LENGTH_DIGITS, "0"), lengthAt, "latin1");
      return at;
    },
  };
}

function requestHead({ port, path, key }: Endpoint, length: string): string {
  const authorization = key === null ? "" : `Authorization: Bearer ${key}\r\n`;
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${authorization}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
}

function bodyOf({ id: _, occurredAtMs, ...payment }: PaymentEvent, tag: string): string {
  const known = Object.fromEntries(Object.entries(payment).filter(([, value]) => value !== null));
  const id = `${ID_START}${tag}${"a".repeat(ID_DIGITS)}`;
  return `${id}${TIME_START}${new Date(occurredAtMs).toISOString()}",${JSON.stringify(known).slice(1)}`;
}
