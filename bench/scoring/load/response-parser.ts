const END_OF_HEAD = Buffer.from("\r\n\r\n");
const LENGTH = /\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n/i;
const STATUS = /^HTTP\/1\.[01] (\d{3})/;
const NOTHING: Buffer = Buffer.alloc(0);

export type OnResponse = (status: number, body: Buffer | null) => void;

/**
 * Splits the bytes of one keep-alive connection into HTTP/1.1 responses, by Content-Length alone: it is all that a
 * scoring server sends, and costs the least. Bodies of 200s are handed on only where they are wanted,
 * those of anything else always.
 */
export class ResponseParser {
  readonly #onResponse: OnResponse;
  readonly #keepBody: boolean;
  #head: Buffer = NOTHING; // of a head that has not ended yet
  #status = 0;
  #left = -1; // bytes of body still to come; -1 while in the head
  #parts: Buffer[] = [];

  constructor(onResponse: OnResponse, keepBody: boolean) {
    this.#onResponse = onResponse;
    this.#keepBody = keepBody;
  }

  /** Takes the next bytes, which may be overwritten afterwards. @throws Error for what is not such a response */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#left < 0 ? this.#readHead(rest) : this.#readBody(rest);
  }

  #readHead(chunk: Buffer): Buffer {
    const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = bytes.indexOf(END_OF_HEAD);
    if (end === -1) {
      this.#head = Buffer.from(bytes);
      return NOTHING;
    }
    this.#head = NOTHING;
    const head = bytes.toString("latin1", 0, end + 2);
    const status = STATUS.exec(head)?.[1];
    const length = LENGTH.exec(head)?.[1];
    if (status === undefined || length === undefined) {
      throw new Error(`not a response with a length: ${head.slice(0, 120)}`);
    }
    this.#status = Number(status);
    this.#left = Number(length);
    const rest = bytes.subarray(end + END_OF_HEAD.length);
    if (this.#left === 0) this.#finish();
    return rest;
  }

  #readBody(chunk: Buffer): Buffer {
    const taken = Math.min(this.#left, chunk.length);
    this.#left -= taken;
    if (this.#wanted) this.#parts.push(Buffer.from(chunk.subarray(0, taken)));
    if (this.#left === 0) this.#finish();
    return chunk.subarray(taken);
  }

  get #wanted(): boolean {
    return this.#keepBody || this.#status !== 200;
  }

  #finish(): void {
    const body = this.#wanted ? Buffer.concat(this.#parts) : null;
    this.#parts = [];
    this.#left = -1;
    this.#onResponse(this.#status, body);
  }
}
