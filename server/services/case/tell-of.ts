import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { CaseEventKind } from "#server/domain/case.ts";
import { recordAudits, type ServiceContext } from "#server/services/context.ts";
import { recordEvents } from "./record-event.ts";

export type Told = {
  readonly caseId: string;
  /** of the audit row, such as case.hold */
  readonly action: string;
  readonly kind: CaseEventKind;
  readonly body?: Prisma.InputJsonObject;
  readonly before?: Prisma.InputJsonObject | null;
  /** what the audit row says the case became; the body of the event where left out */
  readonly after?: Prisma.InputJsonObject;
};

/** The two traces of each change of a case: a line of its timeline and an audit row. */
export async function tellOf(tx: Tx, ctx: ServiceContext, ...told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  await recordEvents(tx, ctx, told);
  await recordAudits(
    tx,
    ctx,
    told.map(({ caseId, action, body = {}, before = null, after = body }) => ({
      action,
      subjectType: "case",
      subjectId: caseId,
      before,
      after,
    })),
  );
}
