import { DAY_MS } from "#server/domain/day.ts";
import { Disputes } from "./disputes.ts";
import type { Installation } from "./installation.ts";
import { type DayCounts, LiveAssay } from "./live-day.ts";
import type { Narrator } from "./narrator.ts";
import { daysOf, PaymentFeed } from "./payment-feed.ts";
import { STORY_START_MS, type StoryPlan } from "./plan.ts";
import { prepare } from "./prepare.ts";
import { type Retraining, retrainIfAsked } from "./retraining.ts";
import {
  driftAlertsSoFar,
  estimatedRecall,
  type LabelledRecall,
  labelledRecall,
  showsFall,
  type Warnings,
  warningsSince,
} from "./signs.ts";
import { recovery, type Story, type StoryWeek } from "./story-told.ts";

const WEEK_MS = 7 * DAY_MS;

/** Plays a story on an empty installation, from the first payment to the weeks after the recovery. */
export async function playStory(
  installation: Installation,
  plan: StoryPlan,
  narrator: Narrator,
): Promise<Story> {
  const world = { plan, feed: new PaymentFeed(plan), disputes: new Disputes() };
  await prepare(installation, { ...world, narrator });
  const assay = await LiveAssay.start(installation, world);
  try {
    return await new Playing(installation, { plan, narrator, assay }).play();
  } finally {
    await assay.close();
  }
}

type Parts = { readonly plan: StoryPlan; readonly narrator: Narrator; readonly assay: LiveAssay };

/** The live weeks, and what is noticed in them. */
class Playing {
  readonly #installation: Installation;
  readonly #plan: StoryPlan;
  readonly #narrator: Narrator;
  readonly #assay: LiveAssay;
  readonly #liveMs: number;
  readonly #changeMs: number;
  readonly #weeks: StoryWeek[] = [];
  readonly #retrainings: Retraining[] = [];
  readonly #breaches: { atMs: number; says: string }[] = [];
  #falseAlarms = 0;
  #warnings: Warnings = { withoutLabels: null, earlyReports: null };
  #labelsMs: number | null = null;
  #labelsBefore: LabelledRecall | null = null;

  constructor(installation: Installation, { plan, narrator, assay }: Parts) {
    this.#installation = installation;
    this.#plan = plan;
    this.#narrator = narrator;
    this.#assay = assay;
    const { live, change } = daysOf(plan);
    this.#liveMs = STORY_START_MS + live * DAY_MS;
    this.#changeMs = STORY_START_MS + change * DAY_MS;
  }

  async play(): Promise<Story> {
    const bar = this.#narrator.stage("Living");
    let nowMs = this.#liveMs;
    while (nowMs < this.#endMs()) {
      if (nowMs === this.#changeMs) await this.#change();
      const days: DayCounts[] = [];
      for (let day = 0; day < 7; day++, nowMs += DAY_MS) {
        this.#installation.signal.throwIfAborted();
        days.push(await this.#assay.live(nowMs));
        await this.#endOfDay(nowMs + DAY_MS, (note) => bar.update(this.#share(nowMs), note));
        bar.update(this.#share(nowMs), this.#weekName(nowMs));
      }
      this.#weeks.push(await this.#week(nowMs - WEEK_MS, days));
    }
    bar.finish(`Lived ${this.#weeks.length} weeks`);
    return this.#told(nowMs);
  }

  async #endOfDay(nowMs: number, note: (text: string) => void): Promise<void> {
    if ((nowMs - this.#liveMs) % WEEK_MS === 0) await this.#assay.jobs.watch();
    await this.#assay.jobs.judgeAlerts();
    await this.#look(nowMs);
    const retraining = await retrainIfAsked(this.#installation, this.#plan.seed, (_, stage) => note(stage));
    if (retraining !== null) {
      this.#retrainings.push(retraining);
      await this.#assay.scoring.follow("serving");
      this.#say(nowMs, `trained (${retraining.trigger}). ${retraining.says}`);
    }
    const broken = await this.#assay.jobs.guard();
    if (broken === null) return;
    this.#breaches.push({ atMs: nowMs, says: broken });
    await this.#assay.scoring.follow("serving");
    this.#say(nowMs, `a live guardrail broke. ${broken}`);
  }

  /** Notes the first moments at which alerts stood and at which mature labels showed the fall. */
  async #look(nowMs: number): Promise<void> {
    if (nowMs <= this.#changeMs) return;
    await this.#lookForAlerts(nowMs);
    if (this.#labelsMs !== null || nowMs <= this.#changeMs + this.#plan.maturityDays * DAY_MS) return;
    // Those of before are the same from now on: all of them are mature.
    this.#labelsBefore ??= await labelledRecall(this.#installation, this.#liveMs, this.#changeMs);
    const changed = await labelledRecall(this.#installation, this.#changeMs, nowMs);
    if (!showsFall(this.#labelsBefore, changed)) return;
    this.#labelsMs = nowMs;
    this.#say(nowMs, `mature labels show it too, by ${changed.frauds} frauds of the changed weeks.`);
  }

  async #lookForAlerts(nowMs: number): Promise<void> {
    const before = this.#warnings;
    if (before.withoutLabels !== null && before.earlyReports !== null) return;
    this.#warnings = await warningsSince(this.#installation, this.#changeMs);
    for (const key of ["withoutLabels", "earlyReports"] as const) {
      const alert = this.#warnings[key];
      if (alert !== null && before[key] === null) this.#say(nowMs, `alert. ${alert.says}`);
    }
  }

  #say(nowMs: number, what: string): void {
    this.#narrator.say(`${this.#weekName(nowMs)}: ${what}`);
  }

  async #change(): Promise<void> {
    this.#falseAlarms = await driftAlertsSoFar(this.#installation);
    this.#narrator.say(`Week 1 after the change: ${this.#plan.drifts.join(" and ").replaceAll("_", " ")}`);
  }

  async #week(fromMs: number, days: readonly DayCounts[]): Promise<StoryWeek> {
    const sum = (of: (day: DayCounts) => number): number => days.reduce((total, day) => total + of(day), 0);
    return {
      fromMs,
      measured: this.#assay.log.recall(fromMs, fromMs + WEEK_MS),
      estimated: await estimatedRecall(this.#installation, fromMs),
      payments: sum((day) => day.payments),
      questioned: sum((day) => day.questioned),
      judged: sum((day) => day.judged),
    };
  }

  /** When enough was seen after the recovery, or waited for one. */
  #endMs(): number {
    const { changed, after } = this.#plan.weeks;
    const found = recovery({ retrainings: this.#retrainings, changeMs: this.#changeMs });
    return found === null ? this.#changeMs + changed * WEEK_MS : found.atMs + after * WEEK_MS;
  }

  #share(nowMs: number): number {
    return (nowMs - this.#liveMs) / (this.#endMs() - this.#liveMs);
  }

  #weekName(nowMs: number): string {
    const fromMs = nowMs <= this.#changeMs ? this.#liveMs : this.#changeMs;
    const week = Math.max(1, Math.ceil((nowMs - fromMs) / WEEK_MS));
    return nowMs <= this.#changeMs ? `week ${week} before the change` : `week ${week} after the change`;
  }

  #told(endMs: number): Story {
    const promoted = this.#retrainings.find(({ promoted, atMs }) => promoted && atMs > this.#changeMs);
    const found = recovery({ retrainings: this.#retrainings, changeMs: this.#changeMs });
    const afterMs = found?.atMs ?? endMs - this.#plan.weeks.after * WEEK_MS;
    const { log } = this.#assay;
    return {
      plan: this.#plan,
      liveMs: this.#liveMs,
      changeMs: this.#changeMs,
      endMs,
      weeks: this.#weeks,
      before: log.recall(this.#liveMs, this.#changeMs),
      shifted: log.recall(this.#changeMs, promoted?.atMs ?? afterMs),
      after: log.recall(afterMs, endMs),
      falseAlarms: this.#falseAlarms,
      warnings: this.#warnings,
      labelsMs: this.#labelsMs,
      retrainings: this.#retrainings,
      breaches: this.#breaches,
    };
  }
}
