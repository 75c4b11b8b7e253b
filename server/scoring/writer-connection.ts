import { randomUUID } from "node:crypto";
import { Client, DatabaseError, type QueryArrayConfig } from "pg";
import { withDeadline } from "./deadline.ts";

/** Looking up and writing together stay under the two seconds that a caller is answered within. */
const LOOKUP_LIMIT_MS = 700;
const WRITE_LIMIT_MS = 1_100;
const CONNECT_LIMIT_MS = 1_500;
const FENCE_WAIT_MS = 1_000;

/**
 * The one connection that decisions are written by. After a failure nobody knows whether its last statement will
 * still take effect, so before `reconnect` ends the old session is made sure to be gone.
 */
export class WriterConnection {
  readonly #url: string;
  readonly #onLost: (error: unknown) => void;
  #client: Client | null = null;
  #name = "";
  #abandoned: string[] = [];

  /** `onLost` is told when the connection in use breaks by itself. */
  constructor(url: string, onLost: (error: unknown) => void) {
    this.#url = url;
    this.#onLost = onLost;
  }

  /**
   * Rows as arrays, which is cheaper.
   * @throws DeadlineError, or the database's error; the connection is then to be abandoned unless `isRefusal`.
   */
  async write<Row extends unknown[]>(config: Omit<QueryArrayConfig, "rowMode">): Promise<Row[]> {
    if (this.#client === null) throw new Error("not connected");
    const answer = this.#client.query<Row>({ ...config, rowMode: "array" });
    return (await withDeadline(answer, WRITE_LIMIT_MS, "writing decisions")).rows;
  }

  /** @throws as `write` does */
  async read<Row extends unknown[]>(config: Omit<QueryArrayConfig, "rowMode">): Promise<Row[]> {
    if (this.#client === null) throw new Error("not connected");
    const answer = this.#client.query<Row>({ ...config, rowMode: "array" });
    return (await withDeadline(answer, LOOKUP_LIMIT_MS, "looking up payments")).rows;
  }

  /** Drops the connection at once. */
  abandon(): void {
    if (this.#client === null) return;
    this.#abandoned.push(this.#name);
    discard(this.#client);
    this.#client = null;
  }

  /** Connects anew, and waits until no earlier session of this object can still write. */
  async reconnect(): Promise<void> {
    this.abandon();
    const name = `assay-scoring-${randomUUID()}`;
    const client = new Client({
      connectionString: this.#url,
      application_name: name,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      statement_timeout: WRITE_LIMIT_MS,
      keepAlive: true,
    });
    client.on("error", (error) => {
      if (this.#client === client) this.#onLost(error);
    });
    try {
      await withDeadline(client.connect(), CONNECT_LIMIT_MS, "connecting");
      await withDeadline(this.#endAbandoned(client), CONNECT_LIMIT_MS, "ending the old session");
    } catch (error) {
      discard(client);
      throw error;
    }
    this.#client = client;
    this.#name = name;
    this.#abandoned = [];
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #endAbandoned(client: Client): Promise<void> {
    if (this.#abandoned.length === 0) return;
    const names = [this.#abandoned];
    await client.query(
      `select pg_terminate_backend(pid, ${FENCE_WAIT_MS}) from pg_stat_activity where application_name = any($1)`,
      names,
    );
    const left = await client.query("select 1 from pg_stat_activity where application_name = any($1)", names);
    if (left.rows.length > 0) throw new Error("the old session is still there");
  }
}

function discard(client: Client): void {
  client.end().catch(() => {}); // waits for an answer that may never come
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } };
  connection?.stream?.destroy();
}

/**
 * True when the database understood the statement and refused what was in it (a class 22, 23 or 42 error): nothing
 * was written, and the connection is as good as before.
 */
export function isRefusal(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(?:22|23|42)/.test(error.code ?? "");
}
