import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { CaseEventKind, Disposition } from "#server/domain/case.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";
import type { JoinedPart } from "./joined-parts.ts";

/** What the events of this project carry; fields that a kind does not use are absent. */
const Body = z.looseObject({
  text: z.string().optional(),
  until: z.string().nullish(),
  reason: z.string().nullish(),
  note: z.string().nullish(),
  disposition: Disposition.nullish(),
  /** the name of the queue it was routed to */
  queue: z.string().nullish(),
  /** the number of the case that joined it, or that it joined */
  child: z.int().optional(),
  into: z.int().optional(),
  /** to whom it was assigned */
  to: z.string().nullish(),
  tags: z.array(z.string()).optional(),
  /** of a file */
  name: z.string().optional(),
  mentions: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  approvedBy: z.string().optional(),
  /** of an approval: asked, or how it was answered */
  step: z.string().optional(),
  number: z.int().optional(),
  version: z.int().optional(),
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
  /** the name of whom it was assigned to; null for nobody */
  readonly to: string | null;
  /** the queue it was routed to, by name */
  readonly queue: string | null;
  /** the number of the case that joined this one, or that this one joined */
  readonly joined: { readonly child: number } | { readonly into: number } | null;
  readonly tags: readonly string[] | null;
  /** the name of a file */
  readonly fileName: string | null;
  /** who is named in a note */
  readonly mentions: readonly Person[];
  /** the second person of a change that four eyes were asked for */
  readonly approvedBy: string | null;
  /** asked, or how it was answered, with the approval's number */
  readonly approval: { readonly step: string; readonly number: number } | null;
  /** which case it happened to, where that is one joined to the case; null for the case itself */
  readonly part: JoinedPart | null;
  /** of the case after this; null for lines written before versions were kept */
  readonly version: number | null;
};

const MOST_EVENTS = 200;

/** What says of a joined case only what the case that it joined says too, or what came of joining. */
const saidOnce: ReadonlySet<string> = new Set(["joined", "closed", "reopened"]);

/**
 * What happened to a case and to those joined to it, oldest first; of a very long history the latest 200 lines. What
 * one verdict did to all of them is told once.
 */
export async function caseTimeline(
  ctx: ServiceContext,
  caseId: string,
  parts: readonly JoinedPart[],
): Promise<TimelineEvent[]> {
  const partOf = new Map(parts.map((part) => [part.caseId, part]));
  const ofParts = { caseId: { in: [...partOf.keys()] }, kind: { notIn: [...saidOnce] } };
  const events = await ctx.db.caseEvent.findMany({
    where: parts.length === 0 ? { caseId } : { OR: [{ caseId }, ofParts] },
    orderBy: { seq: "desc" },
    take: MOST_EVENTS,
    include: { actor: { select: { id: true, name: true } } },
  });
  return events.reverse().flatMap((event) => timelineEvent(event, partOf.get(event.caseId)));
}

type StoredEvent = Prisma.CaseEventGetPayload<{ include: { actor: { select: { id: true; name: true } } } }>;

/** A stored line as pages show it; none for a kind that is not known. */
export function timelineEvent(event: StoredEvent, part: JoinedPart | null = null): TimelineEvent[] {
  const kind = CaseEventKind.safeParse(event.kind);
  if (!kind.success) return [];
  const said = Body.catch({}).parse(event.body);
  const { step, number } = said;
  return [
    {
      seq: String(event.seq),
      at: event.at.toISOString(),
      kind: kind.data,
      actor: event.actor,
      text: said.text ?? said.note ?? null,
      until: said.until ?? null,
      reason: said.reason ?? null,
      disposition: said.disposition ?? null,
      to: said.to ?? null,
      queue: said.queue ?? null,
      joined: joinedOf(said),
      tags: said.tags ?? null,
      fileName: kind.data === "file" ? (said.name ?? null) : null,
      mentions: said.mentions ?? [],
      approvedBy: said.approvedBy ?? null,
      approval: step === undefined || number === undefined ? null : { step, number },
      part,
      version: said.version ?? null,
    },
  ];
}

function joinedOf({ child, into }: z.infer<typeof Body>): TimelineEvent["joined"] {
  if (child !== undefined) return { child };
  return into === undefined ? null : { into };
}
