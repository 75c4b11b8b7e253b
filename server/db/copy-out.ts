import type { Pool, Submittable } from "pg";

/** Rows in PostgreSQL's binary COPY format: those of row i begin at `starts[i]`, with the number of its fields. */
export type CopiedRows = {
  readonly bytes: Buffer;
  readonly starts: Uint32Array;
  readonly count: number;
};

const FIRST_BYTES = 1 << 20;
const HEADER_BYTES = 19; // signature, flags, and the length of an extension that there is none of
const TRAILER_BYTES = 2;

/**
 * The rows of a query by `copy ... to stdout (format binary)`: numbers and times come as they are stored, and no string
 * is made of anything. COPY takes no parameters, so `query` must hold none that a caller could choose. At most `limit`
 * rows may come.
 * @throws the error of the database or the connection, which is given up then.
 */
export async function copyOut(pool: Pool, query: string, limit: number): Promise<CopiedRows> {
  const client = await pool.connect();
  let failed = true;
  try {
    const rows = await new Promise<CopiedRows>((resolve, reject) => {
      client.query(new CopyOut(query, limit, (error, copied) => (error ? reject(error) : resolve(copied))));
    });
    failed = false;
    return rows;
  } finally {
    client.release(failed);
  }
}

type Connection = { query(text: string): void };
type Done = (error: Error | null, rows: CopiedRows) => void;

/** What a client of pg asks of a query: it is told of every message that answers it. */
class CopyOut implements Submittable {
  callback: (error?: Error | null) => void; // wrapped by pg where a limit of time is set
  readonly #text: string;
  readonly #starts: Uint32Array;
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;
  #count = 0;

  constructor(query: string, limit: number, done: Done) {
    this.#text = `copy (${query}) to stdout (format binary)`;
    this.#starts = new Uint32Array(limit);
    this.callback = (error = null) =>
      done(error, { bytes: this.#bytes, starts: this.#starts, count: this.#count });
  }

  submit(connection: unknown): void {
    (connection as Connection).query(this.#text);
  }

  /** Every message holds one row; the first has the header before it, and after the last row comes the trailer. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const from = this.#length === 0 ? HEADER_BYTES : 0;
    if (chunk.length - from <= TRAILER_BYTES) return;
    const end = this.#length + chunk.length;
    if (end > this.#bytes.length) this.#grow(end);
    chunk.copy(this.#bytes, this.#length); // pg overwrites its own buffer
    this.#starts[this.#count++] = this.#length + from;
    this.#length = end;
  }

  handleReadyForQuery(): void {
    this.callback();
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleCommandComplete(): void {}

  #grow(atLeast: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(atLeast, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
