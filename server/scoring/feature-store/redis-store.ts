import { randomUUID } from "node:crypto";
import { createClient } from "@redis/client";
import { withDeadline } from "../deadline.ts";
import { Exclusive } from "./exclusive.ts";
import { type FeatureStore, type OrderedState, StoreAway, type TurnEntry } from "./feature-store.ts";
import { giveScript, takeScript } from "./redis-scripts.ts";

export type RedisStoreOptions = {
  readonly url: string;
  /** Tells the installation: servers with the same one share their state. Asked until it is known. */
  readonly installation: () => Promise<string>;
  /** Told when the connection breaks and when it is there again. */
  readonly onEvent: (level: "info" | "warn", message: string, error?: unknown) => void;
};

type Client = ReturnType<typeof createClient>;
type Raw = readonly (readonly [id: string, fields: readonly string[]])[] | null;
type How = "take" | "waited" | "make";

/** Longer than any turn takes: looking up, writing, and a deadline for each. */
const LEASE_MS = 2_500;
const ANSWER_LIMIT_MS = 700;
const WAIT_SECONDS = 0.5;
const PATIENCE_MS = 1_200;
const RECONNECT_MS = 200;
const LOG_ENTRIES = 5_000;

/**
 * The store of servers that share Redis. A server acts while it holds the token, which Redis hands on in the order of
 * asking; on taking it, it does what the others did since, from the log. Whoever dies with the token is passed over
 * when the lease ends. Redis only orders and tells: that no batch is ever decided on less than all batches before it is
 * ensured by PostgreSQL, which numbers them, and what Redis lost is read there.
 */
export class RedisStore implements FeatureStore {
  readonly #options: RedisStoreOptions;
  readonly #client: Client;
  readonly #waiting: Client; // waits for the token, which blocks a connection
  readonly #exclusive = new Exclusive();
  readonly #holder = randomUUID();
  #keys: string[] | null = null;
  #published: TurnEntry | null = null;
  #told = true;

  constructor(options: RedisStoreOptions) {
    this.#options = options;
    this.#client = this.#connect();
    this.#waiting = this.#connect();
  }

  turn<T>(state: OrderedState, work: () => Promise<T> | T): Promise<T> {
    return this.#exclusive.run(async () => {
      this.#keys ??= keysOf(await this.#options.installation());
      const entries = await this.#take(state.position() ?? { turn: 0, labelCursor: 0 });
      this.#published = null;
      try {
        if (state.position() !== null && entries.length > 0) await state.apply(entries);
        return await work();
      } finally {
        this.#give();
      }
    });
  }

  publish(entry: TurnEntry): void {
    const before = this.#published;
    this.#published =
      before === null
        ? entry
        : { ...entry, previous: before.previous, events: [...before.events, ...entry.events] };
  }

  missing(): string | null {
    return this.#client.isReady && this.#waiting.isReady ? null : "redis";
  }

  async close(): Promise<void> {
    await this.#exclusive.run(() => {});
    for (const client of [this.#client, this.#waiting]) client.destroy();
  }

  /** The log since the position, once it is this server's turn. @throws StoreAway */
  async #take(position: { readonly turn: number; readonly labelCursor: number }): Promise<TurnEntry[]> {
    const from = `${position.turn}-${position.labelCursor}`;
    try {
      const until = performance.now() + PATIENCE_MS;
      let raw = await this.#tryTake(from, "take");
      while (raw === null && performance.now() < until) {
        const came = await this.#wait();
        raw = await this.#tryTake(from, came ? "waited" : "make");
      }
      if (raw !== null) return raw.map(([, fields]) => JSON.parse(fields[1] ?? "") as TurnEntry);
    } catch (cause) {
      throw new StoreAway("Redis does not answer", { cause });
    }
    throw new StoreAway("another server holds the turn, and does not give it back");
  }

  async #tryTake(from: string, how: How): Promise<Raw> {
    const code = how === "take" ? "0" : how === "waited" ? "1" : "2";
    return this.#eval(this.#client, takeScript, [this.#holder, String(LEASE_MS), from, code]) as Promise<Raw>;
  }

  /** Whether the token came. */
  async #wait(): Promise<boolean> {
    const [token = ""] = this.#keys ?? [];
    const waiting = this.#waiting.blPop(token, WAIT_SECONDS);
    return (
      (await withDeadline(waiting, WAIT_SECONDS * 1000 + ANSWER_LIMIT_MS, "waiting for the turn")) !== null
    );
  }

  /** Nobody waits for it: what comes next on this connection comes after it, and a lease that is lost ends by itself. */
  #give(): void {
    const entry = this.#published;
    const id = entry === null ? "" : entryId(entry);
    const text = entry === null ? "" : JSON.stringify(entry);
    const given = this.#eval(this.#client, giveScript, [this.#holder, id, text, String(LOG_ENTRIES)]);
    given.catch(() => {});
  }

  #eval(client: Client, script: string, values: string[]): Promise<unknown> {
    const answer = client.eval(script, { keys: this.#keys ?? [], arguments: values });
    return withDeadline(answer, ANSWER_LIMIT_MS, "asking Redis");
  }

  #connect(): Client {
    const client: Client = createClient({
      url: this.#options.url,
      socket: { reconnectStrategy: () => RECONNECT_MS, connectTimeout: 1_500 },
      disableOfflineQueue: true,
      commandsQueueMaxLength: 1_000,
    });
    client.on("error", (error: unknown) => this.#tell(false, error));
    client.on("ready", () => this.#tell(true));
    client.connect().catch(() => {}); // told as "error", and tried again
    return client;
  }

  #tell(ready: boolean, error?: unknown): void {
    if (ready === this.#told) return;
    this.#told = ready;
    if (ready) this.#options.onEvent("info", "Redis is there again");
    else this.#options.onEvent("warn", "Redis is away; nothing is decided until it is back", error);
  }
}

/** One hash tag, so that a cluster keeps them together. */
function keysOf(installation: string): string[] {
  return ["turn", "holder", "log"].map((name) => `{assay:${installation}}:${name}`);
}

/** A batch comes before the labels that are applied after it. */
function entryId({ previous, turn, labelCursor }: TurnEntry): string {
  return turn > previous ? `${turn}-0` : `${turn}-${labelCursor}`;
}
