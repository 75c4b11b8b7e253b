import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "./connection.ts";
import type { RequestSource } from "./request-source.ts";
import { type LoadResult, Tally } from "./tally.ts";

/** Where requests go; connections are spread evenly over several. */
export type Target = { readonly port: number; readonly source: RequestSource };

export type LoadOptions = {
  readonly targets: readonly Target[];
  readonly connections: number;
  readonly seconds: number;
};

const OPEN_LIMIT_MS = 15_000;
const GRACE_MS = 5_000;
const CHECK_MS = 5;
const WAVE = 256;

/** The connections of one run and what became of their requests. Who sends what when is the loop's affair. */
export class LoadRun {
  /** Open connections that await nothing. */
  readonly idle: Connection[] = [];
  readonly #sources = new Map<Connection, RequestSource>();
  readonly #tally: Tally;
  readonly #seconds: number;
  readonly #wanted: Target[] = [];
  /** Called when a connection can take a request again, after the start. */
  #onFree: (connection: Connection) => void = (connection) => this.idle.push(connection);
  #endMs = Number.POSITIVE_INFINITY;
  #cpu = process.cpuUsage();

  constructor({ targets, connections, seconds }: LoadOptions) {
    const [first] = targets;
    if (first === undefined) throw new RangeError("nowhere to send to");
    this.#tally = new Tally(first.source.payments);
    this.#seconds = seconds;
    for (let n = 0; n < connections; n++) this.#wanted.push(targets[n % targets.length] ?? first);
  }

  get endMs(): number {
    return this.#endMs;
  }

  /** Waits for the connections and starts the clock. @throws Error when not one can be opened */
  async start(onFree: (connection: Connection) => void): Promise<number> {
    const limitMs = performance.now() + OPEN_LIMIT_MS;
    while (this.#wanted.length > 0) {
      for (const target of this.#wanted.splice(0, WAVE)) this.#open(target); // no more than a server's backlog takes
      while (this.idle.length < this.#sources.size && performance.now() < limitMs) await sleep(CHECK_MS);
    }
    if (this.idle.length === 0) throw new Error(`no connection could be opened: ${this.#problem()}`);
    this.#onFree = onFree;
    this.#cpu = process.cpuUsage();
    const nowMs = performance.now();
    this.#endMs = nowMs + this.#seconds * 1000;
    return nowMs;
  }

  send(connection: Connection, dueMs: number): void {
    const source = this.#sources.get(connection);
    if (source === undefined) return;
    const length = source.write(connection.request);
    connection.sentMs = performance.now();
    connection.dueMs = dueMs;
    this.#tally.sent++;
    this.#tally.lag.record((connection.sentMs - dueMs) * 1000);
    connection.send(length);
  }

  /** Waits for the end and then, for a while, for what is still to be answered or to be sent. */
  async finish(waiting = (): number => 0, givenUp = (): number => 0): Promise<LoadResult> {
    await sleep(Math.max(0, this.#endMs - performance.now()));
    const limitMs = performance.now() + GRACE_MS;
    while ((this.#tally.awaited > 0 || waiting() > 0) && performance.now() < limitMs) await sleep(CHECK_MS);
    const { user, system } = process.cpuUsage(this.#cpu);
    for (const connection of this.#sources.keys()) connection.close();
    return this.#tally.result({
      seconds: this.#seconds,
      cpuSeconds: (user + system) / 1e6,
      unsent: waiting() + givenUp(),
    });
  }

  #problem(): string {
    const problems = [...this.#sources.keys()].flatMap(({ problem }) => problem ?? []);
    return problems[0] ?? "no answer";
  }

  #open({ port, source }: Target): void {
    const connection = new Connection(
      { port, size: source.size, keepBody: source.payments > 1 },
      {
        onOpen: (opened) => this.#onFree(opened),
        onResponse: (answered, status, body) => {
          this.#tally.answered(status, body, answered, performance.now() <= this.#endMs);
          this.#onFree(answered);
        },
        onBroken: (broken, inFlight) => {
          if (inFlight) this.#tally.broken++;
          const at = this.idle.indexOf(broken);
          if (at !== -1) this.idle.splice(at, 1);
        },
      },
    );
    this.#sources.set(connection, source);
  }
}
