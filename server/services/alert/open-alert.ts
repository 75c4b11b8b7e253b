import { randomUUID } from "node:crypto";
import type { Tx } from "#server/db/client.ts";
import type { AlertEvidence } from "#server/domain/alert.ts";
import { type AlertWords, alertIdOf, alertWords } from "./words.ts";

type Opened = { readonly id: string; readonly isNew: boolean };
type Opening = {
  readonly words: AlertWords;
  readonly ruleId: string | null;
  readonly evidence: AlertEvidence | null;
  readonly at: Date;
};

/**
 * Opens an alert, or brings the one of its subject up to date that is not resolved yet, in the caller's transaction.
 * Events are counted; a rule that goes on firing is one alert that lasts.
 */
export async function openAlert(tx: Tx, { words, ruleId, evidence, at }: Opening): Promise<Opened> {
  const now = at.toISOString();
  const body = evidence === null ? null : JSON.stringify(evidence);
  // an insert that meets a conflict would use up a number each time
  const known = await tx.$queryRaw<Opened[]>`
    update alert set raised = raised + ${ruleId === null ? 1 : 0}, last_seen_at = ${now}::timestamptz,
      says = ${words.says}, evidence = ${body}::jsonb
    where subject = ${words.subject} and resolved_at is null
    returning id, false as "isNew"`;
  if (known[0] !== undefined) return known[0];
  const rows = await tx.$queryRaw<Opened[]>`
    insert into alert (id, rule_id, subject, severity, title, says, link, evidence, opened_at, last_seen_at)
    values (${randomUUID()}, ${ruleId}, ${words.subject}, ${words.severity}, ${words.title}, ${words.says},
      ${words.link}, ${body}::jsonb, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (subject) where resolved_at is null do update
      set raised = alert.raised + case when excluded.rule_id is null then 1 else 0 end,
        last_seen_at = excluded.last_seen_at, says = excluded.says, evidence = excluded.evidence
    returning id, (xmax = 0) as "isNew"`;
  const [row] = rows;
  if (row === undefined) throw new Error("an alert was neither opened nor counted");
  return row;
}

/** True while somebody asked not to be told of a subject. */
export async function isSilenced(tx: Tx, subject: string, at: Date): Promise<boolean> {
  const silenced = await tx.alert.findFirst({
    where: { subject, silencedUntil: { gt: at } },
    select: { id: true },
  });
  return silenced !== null;
}

/**
 * Makes an alert of an `alert.raised` event that no rule of alerts wrote. True where people should be told: the alert
 * is new, and nobody silenced its subject.
 */
export async function openEventAlert(tx: Tx, payload: unknown, at: Date): Promise<boolean> {
  if (alertIdOf(payload) !== null) return true;
  const words = alertWords(payload);
  const { isNew } = await openAlert(tx, { words, ruleId: null, evidence: null, at });
  return isNew && !(await isSilenced(tx, words.subject, at));
}
