import type { SimulatedPayment } from "#ml/simulation/simulate.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { ScoreResponse } from "#server/domain/transaction.ts";
import { ScoringEngine } from "#server/scoring/engine.ts";
import { createScoringService } from "#server/scoring/scoring-service.ts";
import { scoreRequestOf } from "../demo/wire.ts";
import type { Installation } from "./installation.ts";

export type Decided = { readonly simulated: SimulatedPayment; readonly outcome: Outcome };

/** Fewer than a commit holds, so that the same payments always come together. */
const BATCH = 400;

/** The scoring server without its port: the same checks, engine, feature state and writer. */
export class StoryScoring {
  readonly #engine: ScoringEngine;
  readonly #service: ReturnType<typeof createScoringService>;
  readonly #installation: Installation;

  constructor(installation: Installation) {
    const { url, pool, clock } = installation;
    this.#installation = installation;
    this.#engine = new ScoringEngine({ databaseUrl: url, pool, now: clock.now, onEvent: () => {} });
    this.#service = createScoringService(
      (payments, settle) => this.#engine.submit(payments, settle),
      pool,
      clock.now,
    );
  }

  start(): Promise<void> {
    return this.#engine.start();
  }

  /**
   * Scores payments as POST /v1/score/batch does, some hundreds at a time, at the time of the last of each batch.
   * @throws Error where one is refused
   */
  async decide(payments: readonly SimulatedPayment[]): Promise<Decided[]> {
    const decided: Decided[] = [];
    for (let from = 0; from < payments.length; from += BATCH) {
      const batch = payments.slice(from, from + BATCH);
      this.#installation.clock.set(batch.at(-1)?.payment.occurredAtMs ?? 0);
      const verdicts = await this.#service.score(batch.map(({ payment }) => scoreRequestOf(payment)));
      for (const [place, verdict] of verdicts.entries()) {
        const simulated = batch[place];
        if ("problem" in verdict || simulated === undefined)
          throw new Error(`A payment was refused: ${"problem" in verdict ? verdict.problem.detail : ""}`);
        decided.push({ simulated, outcome: ScoreResponse.parse(JSON.parse(verdict.response)).outcome });
      }
    }
    return decided;
  }

  /** Learns of new labels, or of another champion, as it is told to by PostgreSQL otherwise. */
  follow(what: "labels" | "serving"): Promise<void> {
    return this.#engine.follow(what);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
