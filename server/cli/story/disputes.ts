import type { SimulatedPayment } from "#ml/simulation/simulate.ts";
import { recordLabels } from "#server/services/label/index.ts";
import { labelRequestOf } from "../demo/wire.ts";
import { type Installation, jobContext } from "./installation.ts";

type Dispute = { readonly dueMs: number; readonly request: ReturnType<typeof labelRequestOf> };

/** What customers and issuers will say of payments that went through, and when. Nobody disputes what was stopped. */
export class Disputes {
  readonly #waiting = new Map<string, Dispute>();
  readonly #said = new Set<string>();

  expect({ payment, label }: SimulatedPayment): void {
    if (label === null) return;
    this.#waiting.set(payment.id, { dueMs: label.recordedAtMs, request: labelRequestOf(payment, label) });
  }

  /** These payments were stopped. */
  drop(transactionIds: readonly string[]): void {
    for (const id of transactionIds) this.#waiting.delete(id);
  }

  /** Whether somebody has said of this payment that it was fraud. */
  isFraud(transactionId: string): boolean {
    return this.#said.has(transactionId);
  }

  /** Records what has been said by now, in the order in which it was. */
  async arrive({ db, clock }: Installation): Promise<number> {
    const nowMs = clock.now().getTime();
    const due = [...this.#waiting.values()]
      .filter(({ dueMs }) => dueMs <= nowMs)
      .sort((a, b) => a.dueMs - b.dueMs || (a.request.transactionId < b.request.transactionId ? -1 : 1));
    for (const { request } of due) {
      this.#waiting.delete(request.transactionId);
      if (request.label === "fraud") this.#said.add(request.transactionId);
    }
    const labels = due.map(({ request }) => ({ ...request, occurredAt: new Date(request.occurredAt) }));
    const { created } = await recordLabels(jobContext({ db, clock }, "card issuer"), labels);
    return created;
  }
}
