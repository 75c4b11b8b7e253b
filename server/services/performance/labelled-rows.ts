import { Prisma } from "#server/db/generated/client.ts";
import type { ResolvedWindow } from "./resolve-window.ts";

/**
 * What a decision of the window counts as:
 * `fraud` and `legitimate` are known; `waiting` is too young (on the basis "mature" even if a label came early, since
 * early labels are mostly frauds); `declined` was stopped and never labelled, so nobody knows; `unscored` has no score.
 */
const rowClasses = ["fraud", "legitimate", "waiting", "declined", "unscored"] as const;
export type RowClass = (typeof rowClasses)[number];

/** The window's decisions `d` beside the label that counts `l`. */
export function windowFrom({ from, to, versionId }: ResolvedWindow): Prisma.Sql {
  const version = versionId === null ? Prisma.empty : Prisma.sql`and d.model_version_id = ${versionId}`;
  return Prisma.sql`
    from decision d
    left join effective_label l on l.transaction_id = d.transaction_id
      and l.occurred_at >= ${from} and l.occurred_at < ${to}
    where d.occurred_at >= ${from} and d.occurred_at < ${to} ${version}`;
}

/**
 * The class of row `d`, `l`. An unlabelled mature payment is legitimate: had it been fraud, its dispute would have
 * come. That holds for payments that went through, so not for those declined live.
 */
export function classOf({ matureBefore, basis }: ResolvedWindow): Prisma.Sql {
  const tooYoung =
    basis === "mature"
      ? Prisma.sql`d.occurred_at > ${matureBefore}`
      : Prisma.sql`d.occurred_at > ${matureBefore} and l.label is null`;
  return Prisma.sql`
    case when d.score is null then 'unscored'
      when ${tooYoung} then 'waiting'
      when l.label is not null then l.label
      when d.outcome = 'decline' and d.origin = 'live' then 'declined'
      else 'legitimate' end`;
}
