import type { Database } from "#server/db/client.ts";
import { addDefaultRules, evaluateRules } from "#server/services/alert/index.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Alerting = {
  /** Judges the rules that are due. The first tick adds the rules that Assay comes with. */
  tick(): Promise<void>;
};

export function createAlerting(db: Database, now: () => Date): Alerting {
  const ctx: ServiceContext = { db, now, actor: { kind: "job", name: "alerts" } };
  let isSeeded = false;
  return {
    tick: async () => {
      if (!isSeeded) await addDefaultRules(db, now());
      isSeeded = true;
      await evaluateRules(ctx);
    },
  };
}
