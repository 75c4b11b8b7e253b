import { createRng } from "#ml/math/seeded-random.ts";
import type { Disposition } from "#server/domain/case.ts";
import { closeCase } from "#server/services/case/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { createUser } from "#server/services/user/index.ts";
import type { Disputes } from "./disputes.ts";
import { type Installation, jobContext } from "./installation.ts";
import type { StoryPlan } from "./plan.ts";

/** Simulated people: they judge what lies before them, within their day's capacity, and are wrong at times. */
export class Analysts {
  readonly #plan: StoryPlan;
  readonly #installation: Installation;
  readonly #people: readonly ServiceContext[];
  readonly #frauds = new Set<string>();

  private constructor(plan: StoryPlan, installation: Installation, people: readonly ServiceContext[]) {
    this.#plan = plan;
    this.#installation = installation;
    this.#people = people;
  }

  static async hire(plan: StoryPlan, installation: Installation): Promise<Analysts> {
    const manager: ServiceContext = {
      ...jobContext(installation, "story"),
      actor: { kind: "system", name: "story" },
    };
    const people: ServiceContext[] = [];
    for (let n = 1; n <= plan.review.analysts; n++) {
      const email = `analyst-${n}@story.example`;
      const { user } = await createUser(manager, { email, role: "analyst", password: null });
      people.push({ ...manager, actor: { kind: "user", id: user.id, name: user.name, role: "analyst" } });
    }
    return new Analysts(plan, installation, people);
  }

  /** What an analyst would find out on a payment that went to review. */
  brief(transactionId: string): void {
    this.#frauds.add(transactionId);
  }

  /**
   * A day's work: the open cases of the highest expected loss, as the queue orders them, until the capacity is used.
   * What they call fraud is stopped. Returns how many cases were judged.
   */
  async work(disputes: Disputes): Promise<number> {
    const { db } = this.#installation;
    const { analysts, casesADay } = this.#plan.review;
    const cases = await db.case.findMany({
      where: { status: "open", routedAt: { not: null } },
      orderBy: [{ rankMinor: "desc" }, { transactionId: "asc" }],
      take: analysts * casesADay,
      select: { id: true, transactionId: true, version: true },
    });
    const joined = await db.case.findMany({
      where: { status: "joined", joinedToId: { in: cases.map(({ id }) => id) } },
      select: { joinedToId: true, transactionId: true },
    });
    const partsOf = Map.groupBy(joined, ({ joinedToId }) => joinedToId);
    for (const [turn, { id: caseId, transactionId, version }] of cases.entries()) {
      const parts = partsOf.get(caseId) ?? [];
      const transactionIds = [transactionId, ...parts.map((part) => part.transactionId)].sort();
      const disposition = this.#verdictOn(transactionIds, disputes);
      if (disposition === "fraud") disputes.drop(transactionIds);
      await closeCase(this.#people[turn % analysts] as ServiceContext, { caseId, version, disposition });
    }
    return cases.length;
  }

  /** Of payments of one customer judged together; drawn by the payments alone, so that no order changes it. */
  #verdictOn(transactionIds: readonly string[], disputes: Disputes): Disposition {
    if (transactionIds.some((id) => disputes.isFraud(id))) return "fraud"; // the dispute lies in the case
    const { seed, review } = this.#plan;
    const frauds = transactionIds.filter((id) => this.#frauds.has(id)).length;
    const isFraud = 2 * frauds >= transactionIds.length;
    const draw = createRng(`${seed}:verdict:${transactionIds[0]}`).next();
    if (isFraud) return draw < review.overlooks ? "legitimate" : "fraud";
    return draw < review.accuses ? "fraud" : "legitimate";
  }
}
