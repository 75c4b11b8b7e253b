import { z } from "zod";
import { CaseEventKind, Disposition } from "#server/domain/case.ts";
import { Label, LabelSource } from "#server/domain/label.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";

/** What the events of this project carry; fields that a kind does not use are absent. */
const Body = z.looseObject({
  text: z.string().optional(),
  until: z.string().nullish(),
  reason: z.string().nullish(),
  note: z.string().nullish(),
  disposition: Disposition.nullish(),
});

export type TimelineEvent = {
  readonly seq: string;
  readonly at: string;
  readonly kind: CaseEventKind;
  readonly actor: Person | null;
  readonly text: string | null;
  readonly until: string | null;
  readonly reason: string | null;
  readonly disposition: Disposition | null;
};

export type CaseLabel = {
  readonly seq: string;
  readonly label: Label;
  readonly source: LabelSource;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly note: string | null;
  readonly withdrawnAt: string | null;
  /** whether this is the label that counts */
  readonly effective: boolean;
};

const MOST_EVENTS = 200;

/** What happened to a case, oldest first; of a very long history the latest 200 lines. */
export async function caseTimeline(ctx: ServiceContext, caseId: string): Promise<TimelineEvent[]> {
  const events = await ctx.db.caseEvent.findMany({
    where: { caseId },
    orderBy: { seq: "desc" },
    take: MOST_EVENTS,
    include: { actor: { select: { id: true, name: true } } },
  });
  return events.reverse().flatMap((event) => {
    const kind = CaseEventKind.safeParse(event.kind);
    const body = Body.safeParse(event.body);
    if (!kind.success) return [];
    const said = body.success ? body.data : {};
    return {
      seq: String(event.seq),
      at: event.at.toISOString(),
      kind: kind.data,
      actor: event.actor,
      text: said.text ?? said.note ?? null,
      until: said.until ?? null,
      reason: said.reason ?? null,
      disposition: said.disposition ?? null,
    };
  });
}

/** Every label of the payment in the order of recording, with which one counts. */
export async function caseLabels(ctx: ServiceContext, transactionId: string): Promise<CaseLabel[]> {
  const [labels, effective] = await Promise.all([
    ctx.db.label.findMany({
      where: { transactionId },
      orderBy: { seq: "asc" },
      include: { withdrawal: true },
    }),
    ctx.db.effectiveLabel.findUnique({ where: { transactionId } }),
  ]);
  return labels.map((label) => ({
    seq: String(label.seq),
    label: Label.parse(label.label),
    source: LabelSource.parse(label.source),
    occurredAt: label.occurredAt.toISOString(),
    recordedAt: label.recordedAt.toISOString(),
    note: label.note,
    withdrawnAt: label.withdrawal?.withdrawnAt.toISOString() ?? null,
    effective: effective?.labelSeq === label.seq,
  }));
}
