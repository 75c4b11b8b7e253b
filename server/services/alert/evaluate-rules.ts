import type { Tx } from "#server/db/client.ts";
import type { AlertRule } from "#server/db/generated/client.ts";
import { type AlertEvidence, AlertRuleBody, type SeriesPoint } from "#server/domain/alert.ts";
import { type Judgement, judge } from "#server/domain/alert-condition.ts";
import { seriesInfo, seriesValue } from "#server/domain/alert-series.ts";
import { inTransaction, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import { requestRetraining } from "#server/services/retraining/index.ts";
import { isSilenced, openAlert } from "./open-alert.ts";
import { linkOf, readSeries } from "./series/registry.ts";
import type { AlertWords } from "./words.ts";

const HOUR_MS = 3_600_000;
/** Figures of weeks take more to read and change seldom. */
const RECHECK_MS = { moment: 55_000, day: 5 * 60_000, week: HOUR_MS } as const;
/** Windows before those judged: a change needs the one of a week ago, a chart a little history. */
const HISTORY = { moment: 0, day: 14, week: 6 } as const;
const MOST_RULES = 200;

type Evaluated = { readonly checked: number; readonly opened: number; readonly resolved: number };

/**
 * Judges every rule that is due, each in a transaction of its own: opens an alert where its windows fire, resolves it
 * where the newest is calm. A rule that cannot be read says so and holds up no other. Several workers may do this.
 */
export async function evaluateRules(ctx: ServiceContext): Promise<Evaluated> {
  const rules = await ctx.db.alertRule.findMany({ where: { enabled: true }, take: MOST_RULES });
  const counted = { checked: 0, opened: 0, resolved: 0 };
  for (const row of rules) {
    const rule = AlertRuleBody.parse(row.body);
    if (!(await takeTurn(ctx, row, RECHECK_MS[seriesInfo[rule.series].every]))) continue;
    counted.checked++;
    const outcome = await evaluate(ctx, row.id, rule);
    if (outcome === "opened") counted.opened++;
    if (outcome === "resolved") counted.resolved++;
    if (outcome === "opened" && rule.retrains) {
      await requestRetraining(ctx, `The alert "${rule.name}" fired.`);
    }
  }
  return counted;
}

/** True for the one worker whose turn it is. */
async function takeTurn({ db, now }: ServiceContext, { id }: AlertRule, pauseMs: number): Promise<boolean> {
  const at = now();
  const { count } = await db.alertRule.updateMany({
    where: { id, OR: [{ checkedAt: null }, { checkedAt: { lte: new Date(at.getTime() - pauseMs) } }] },
    data: { checkedAt: at },
  });
  return count === 1;
}

type Outcome = "opened" | "resolved" | "failed" | null;

async function evaluate(ctx: ServiceContext, ruleId: string, rule: AlertRuleBody): Promise<Outcome> {
  try {
    const points = rule.windows + HISTORY[seriesInfo[rule.series].every];
    const series = await readSeries(ctx.db, rule.series, { now: ctx.now(), points });
    const judgement = judge(rule, series);
    const outcome = await inTransaction(ctx, (tx) =>
      settle(tx, ctx.now(), { ruleId, rule, series, judgement }),
    );
    await ctx.db.alertRule.updateMany({
      where: { id: ruleId, failure: { not: null } },
      data: { failure: null },
    });
    return outcome;
  } catch (error) {
    const failure = error instanceof Error ? error.message.slice(0, 500) : "unknown";
    await ctx.db.alertRule.updateMany({ where: { id: ruleId }, data: { failure } });
    return "failed";
  }
}

type Judged = {
  readonly ruleId: string;
  readonly rule: AlertRuleBody;
  readonly series: readonly SeriesPoint[];
  readonly judgement: Judgement;
};

async function settle(tx: Tx, at: Date, judged: Judged): Promise<Outcome> {
  const { ruleId, rule, judgement } = judged;
  const subject = `rule:${ruleId}`;
  if (judgement.state !== "firing") {
    if (judgement.state === "unknown") return null;
    const calmed = { where: { subject, resolvedAt: null }, data: { resolvedAt: at } };
    return (await tx.alert.updateMany(calmed)).count > 0 ? "resolved" : null;
  }
  const words = wordsOf(subject, rule, judgement);
  const open = await tx.alert.findFirst({ where: { subject, resolvedAt: null }, select: { id: true } });
  if (
    open === null &&
    ((await isSilenced(tx, subject, at)) || (await isCooling(tx, { subject, rule, at })))
  ) {
    return null;
  }
  const evidence = evidenceOf(judged, judgement.limit, judgement.points);
  const { id, isNew } = await openAlert(tx, { words, ruleId, evidence, at });
  if (!isNew) return null;
  await recordOutbox(tx, at, "alert.raised", { kind: rule.series, alertId: id, ...words });
  return "opened";
}

type Cooling = { readonly subject: string; readonly rule: AlertRuleBody; readonly at: Date };

async function isCooling(tx: Tx, { subject, rule, at }: Cooling): Promise<boolean> {
  const since = new Date(at.getTime() - rule.cooldownHours * HOUR_MS);
  const recent = await tx.alert.findFirst({
    where: { subject, resolvedAt: { gt: since } },
    select: { id: true },
  });
  return recent !== null;
}

function evidenceOf(
  { rule, series }: Judged,
  limit: number | null,
  fired: readonly SeriesPoint[],
): AlertEvidence {
  const { series: name, kind, direction } = rule;
  return { series: name, points: [...series], kind, direction, limit, from: fired[0]?.at ?? "" };
}

type Firing = Extract<Judgement, { state: "firing" }>;

function wordsOf(subject: string, rule: AlertRuleBody, { points, limit }: Firing): AlertWords {
  const last = points.at(-1);
  const { label, of, every } = seriesInfo[rule.series];
  const since = points.length === 1 ? "" : ` for ${points.length} ${every}s in a row`;
  const value = seriesValue(rule.series, last?.value ?? null);
  const note = last?.note === undefined ? "" : `${last.note}. `;
  const says =
    rule.kind === "absence"
      ? `${label}: nothing${since}.`
      : `${note}${label} is ${value}, ${rule.direction} ${seriesValue(rule.series, limit)}${since} (${last?.sample ?? 0} ${of}).`;
  const [from, to] = [points[0]?.at ?? "", last?.at ?? ""];
  return { subject, severity: rule.severity, title: rule.name, says, link: linkOf(rule.series, from, to) };
}
