import { Histogram, type HistogramData } from "./histogram.ts";

/** What became of the requests of one run. Times are microseconds. */
export type LoadResult = {
  readonly seconds: number;
  readonly sent: number;
  /** Answers by status, those after the end included. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Payments decided in 200s that came within the time: what throughput is made of. */
  readonly payments: number;
  /** Payments decided, also after the time: what CPU time was spent on. */
  readonly decided: number;
  /** Payments of a batch that were answered with a problem. */
  readonly refusedItems: number;
  /** The first answer of each status other than 200, and the first batch with a refused payment: what was wrong. */
  readonly samples: Readonly<Record<string, string>>;
  /** Connections that broke with a request in flight, and requests without an answer at the end. */
  readonly broken: number;
  readonly unanswered: number;
  /** Requests of an open loop that were due and never sent, for want of a free connection. */
  readonly unsent: number;
  /** Of 200s, from the time they were due (open loop) or sent. */
  readonly latency: HistogramData;
  /** Of 200s, from the time they were sent. */
  readonly service: HistogramData;
  /** How late an open loop sent, by its own fault or for want of a free connection. */
  readonly lag: HistogramData;
  /** CPU time of the load generator. */
  readonly cpuSeconds: number;
};

const OK = 200;
const SAMPLE_LENGTH = 300;
const ITEM_PROBLEM = Buffer.from('{"type"');
const ITEM_DECIDED = Buffer.from('"scoredAt"');

/** Counts answers as they come. */
export class Tally {
  readonly latency = new Histogram();
  readonly service = new Histogram();
  readonly lag = new Histogram();
  sent = 0;
  broken = 0;
  readonly #statuses: Record<number, number> = {};
  readonly #batch: number;
  #payments = 0;
  #decided = 0;
  #refusedItems = 0;
  #answers = 0;
  readonly #samples: Record<string, string> = {};

  constructor(paymentsPerRequest: number) {
    this.#batch = paymentsPerRequest;
  }

  get awaited(): number {
    return this.sent - this.#answers - this.broken;
  }

  answered(
    status: number,
    body: Buffer | null,
    { sentMs, dueMs }: { sentMs: number; dueMs: number },
    inTime: boolean,
  ): void {
    this.#answers++;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    if (status !== OK) {
      this.#keepSample(String(status), body, 0);
      return;
    }
    const now = performance.now();
    this.latency.record((now - dueMs) * 1000);
    this.service.record((now - sentMs) * 1000);
    const decided = body === null ? this.#batch : countOf(body, ITEM_DECIDED);
    this.#refusedItems += this.#batch - decided;
    if (decided < this.#batch) this.#keepSample("refused item", body, body?.indexOf(ITEM_PROBLEM) ?? 0);
    this.#decided += decided;
    if (inTime) this.#payments += decided;
  }

  #keepSample(kind: string, body: Buffer | null, from: number): void {
    if (body === null || kind in this.#samples) return;
    this.#samples[kind] = body.toString("utf8", Math.max(0, from), Math.max(0, from) + SAMPLE_LENGTH);
  }

  result(end: { seconds: number; cpuSeconds: number; unsent: number }): LoadResult {
    return {
      ...end,
      sent: this.sent,
      statuses: this.#statuses,
      payments: this.#payments,
      decided: this.#decided,
      refusedItems: this.#refusedItems,
      samples: this.#samples,
      broken: this.broken,
      unanswered: this.awaited,
      latency: this.latency.data(),
      service: this.service.data(),
      lag: this.lag.data(),
    };
  }
}

function countOf(bytes: Buffer, wanted: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + wanted.length)) count++;
  return count;
}
