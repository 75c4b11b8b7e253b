import { DAY_MS } from "#server/domain/day.ts";
import { Analysts } from "./analysts.ts";
import type { Disputes } from "./disputes.ts";
import { FraudLog } from "./fraud-log.ts";
import type { Installation } from "./installation.ts";
import { StoryJobs } from "./jobs.ts";
import type { PaymentFeed } from "./payment-feed.ts";
import type { StoryPlan } from "./plan.ts";
import { type Decided, StoryScoring } from "./scoring.ts";

/** What is counted of a day for the chart. */
export type DayCounts = { readonly payments: number; readonly questioned: number; readonly judged: number };

type World = { readonly plan: StoryPlan; readonly feed: PaymentFeed; readonly disputes: Disputes };

/** An installation that serves: payments come, people judge, disputes arrive, jobs run. A day at a time. */
export class LiveAssay {
  readonly log = new FraudLog();
  readonly jobs: StoryJobs;
  readonly scoring: StoryScoring;
  readonly #installation: Installation;
  readonly #world: World;
  readonly #analysts: Analysts;

  private constructor(installation: Installation, world: World, analysts: Analysts) {
    this.#installation = installation;
    this.#world = world;
    this.#analysts = analysts;
    this.jobs = new StoryJobs(installation);
    this.scoring = new StoryScoring(installation);
  }

  static async start(installation: Installation, world: World): Promise<LiveAssay> {
    const assay = new LiveAssay(installation, world, await Analysts.hire(world.plan, installation));
    await assay.scoring.start();
    return assay;
  }

  /** The day that begins at `fromMs`, up to its end: what is found out in it counts from the next day on. */
  async live(fromMs: number): Promise<DayCounts> {
    const { feed, disputes } = this.#world;
    const decided = await this.scoring.decide(feed.until(fromMs + DAY_MS));
    for (const one of decided) this.#note(one);
    this.#installation.clock.set(fromMs + DAY_MS);
    await this.jobs.routeCases();
    const judged = await this.#analysts.work(disputes);
    await disputes.arrive(this.#installation);
    await this.scoring.follow("labels");
    await this.jobs.count();
    const questioned = decided.filter(({ outcome }) => outcome !== "approve").length;
    return { payments: decided.length, questioned, judged };
  }

  close(): Promise<void> {
    return this.scoring.close();
  }

  #note({ simulated, outcome }: Decided): void {
    const { payment, fraudKind } = simulated;
    const stopped = outcome !== "approve";
    if (outcome !== "decline") this.#world.disputes.expect(simulated);
    if (fraudKind === null) return;
    if (outcome === "review") this.#analysts.brief(payment.id);
    this.log.add({ atMs: payment.occurredAtMs, customerId: payment.customerId, stopped });
  }
}
