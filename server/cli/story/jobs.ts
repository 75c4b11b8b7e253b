import { type Alerting, createAlerting } from "#server/jobs/alerts.ts";
import { type CaseRouting, createCaseRouting } from "#server/jobs/case-routing.ts";
import { createBlockBuilder } from "#server/services/analysis/index.ts";
import { updateDrift } from "#server/services/drift/index.ts";
import { countLabelDelays } from "#server/services/label/index.ts";
import { createDecisionAggregator } from "#server/services/monitoring/index.ts";
import { watchChampion } from "#server/services/promotion/watch-champion.ts";
import { type Installation, jobContext } from "./installation.ts";

/** The worker's loops, called when the story's time comes instead of by timers. */
export class StoryJobs {
  readonly #installation: Installation;
  readonly #routing: CaseRouting;
  readonly #alerting: Alerting;
  readonly #decisions: ReturnType<typeof createDecisionAggregator>;
  readonly #blocks: ReturnType<typeof createBlockBuilder>;

  constructor(installation: Installation) {
    const { db, pool, clock } = installation;
    this.#installation = installation;
    this.#routing = createCaseRouting(db, clock.now);
    this.#alerting = createAlerting(db, clock.now);
    this.#decisions = createDecisionAggregator({ db, pool, now: clock.now });
    this.#blocks = createBlockBuilder({ pool, now: clock.now });
  }

  routeCases(): Promise<void> {
    return this.#routing.tick();
  }

  /** Counts what pages and alerts read. Decisions are counted a tick after they were written. */
  async count(): Promise<void> {
    await this.#decisions.tick();
    await this.#decisions.tick();
    await this.#blocks.tick();
    await countLabelDelays(this.#installation.db, this.#installation.clock.now());
  }

  /** Compares the weeks that are over with what is usual. */
  async watch(): Promise<void> {
    const { db, pool, clock } = this.#installation;
    await updateDrift({ db, pool, now: clock.now });
  }

  judgeAlerts(): Promise<void> {
    return this.#alerting.tick();
  }

  /** What a new champion broke live, in words, where it was taken back or kept; null where nothing is broken. */
  async guard(): Promise<string | null> {
    const watched = await watchChampion(jobContext(this.#installation, "guardrails"));
    if (watched === null) return null;
    const says = watched.broken.map((check) => check.says).join(" ");
    return watched.rolledBackToId === null ? says : `${says} The champion before it is back.`;
  }
}
