import type { Database } from "#server/db/client.ts";
import { type AnalysisWindow, MAX_WINDOW_DAYS } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { DEFAULT_MATURITY_DAYS } from "#server/domain/label.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { findActivePolicy, type PolicyView } from "#server/services/policy/index.ts";
import { choosableVersions, type VersionChoice } from "./choose-version.ts";

/** The half-open window of payment times that is read, and what had to be said about its choice. */
export type ResolvedWindow = {
  readonly from: Date;
  readonly to: Date;
  /** payments before this have had all the time that a dispute takes */
  readonly matureBefore: Date;
  readonly maturityDays: number;
  readonly policy: PolicyView | null;
  readonly basis: AnalysisWindow["basis"];
  /** null: every version, as it was served */
  readonly versionId: string | null;
  readonly versions: readonly VersionChoice[];
  /** sentences about what could not be shown as asked */
  readonly notes: readonly string[];
};

const MATURED_DAYS = 30;
const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/**
 * Turns what was asked into a window of at most 92 days. When nothing was asked and nothing recent exists, the window
 * ends at the newest scored payment, and a note says so. Null when no payment has been scored at all.
 * @throws ServiceError "invalid" when a custom window is not one
 */
export async function resolveWindow(
  db: Database,
  now: Date,
  asked: AnalysisWindow,
): Promise<ResolvedWindow | null> {
  const newest = await db.decision.findFirst({
    select: { occurredAt: true },
    orderBy: { occurredAt: "desc" },
  });
  if (newest === null) return null;
  const policy = await findActivePolicy(db);
  const maturityDays = policy?.policy.maturityDays ?? DEFAULT_MATURITY_DAYS;
  const matureBefore = new Date(now.getTime() - maturityDays * DAY_MS);
  const span = await spanOf(db, asked, { newest: newest.occurredAt, matureBefore });
  const versions = await choosableVersions(db);
  const chosen = await chooseVersion(db, asked.version, versions, span);
  return {
    from: span.from,
    to: span.to,
    matureBefore,
    maturityDays,
    policy,
    basis: asked.basis,
    versionId: chosen.versionId,
    versions,
    notes: [span.note, chosen.note, await startNote(db, span, chosen.versionId)].filter(
      (note) => note !== null,
    ),
  };
}

type Span = { readonly from: Date; readonly to: Date; readonly note: string | null };

async function spanOf(
  db: Database,
  asked: AnalysisWindow,
  { newest, matureBefore }: { newest: Date; matureBefore: Date },
): Promise<Span> {
  if (asked.preset === "custom") return customSpan(asked);
  if (asked.preset !== "matured") return daysUpTo(nextDay(newest), Number(asked.preset), null);
  const matured = daysUpTo(startOfDay(matureBefore), MATURED_DAYS, null);
  if (await hasDecision(db, matured, null)) return matured;
  const note =
    "No payment of the last 30 matured days was scored, so this shows the 30 days up to the newest scored payment.";
  return daysUpTo(nextDay(newest), MATURED_DAYS, note);
}

function customSpan({ from, to }: AnalysisWindow): Span {
  if (from === null || to === null) {
    throw new ServiceError("invalid", "A window of your own needs its first and its last day.");
  }
  const span = { from: new Date(`${from}T00:00:00Z`), to: nextDay(new Date(`${to}T00:00:00Z`)), note: null };
  const days = (span.to.getTime() - span.from.getTime()) / DAY_MS;
  if (days < 1) throw new ServiceError("invalid", "The window's last day lies before its first.");
  if (days > MAX_WINDOW_DAYS) {
    throw new ServiceError("invalid", `A window has at most ${MAX_WINDOW_DAYS} days; this one has ${days}.`);
  }
  return span;
}

/** The version asked for; when none was asked, the champion if it served in the window, else every version. */
async function chooseVersion(
  db: Database,
  asked: string,
  versions: readonly VersionChoice[],
  span: Span,
): Promise<{ readonly versionId: string | null; readonly note: string | null }> {
  if (asked === "all") return { versionId: null, note: null };
  const champion = versions.find((version) => version.status === "champion");
  const wanted = asked === "auto" ? champion : versions.find((version) => version.id === asked);
  if (asked !== "auto") {
    if (wanted === undefined) throw new ServiceError("not_found", "There is no such model version.");
    return { versionId: wanted.id, note: null };
  }
  if (wanted === undefined) return { versionId: null, note: null };
  if (await hasDecision(db, span, wanted.id)) return { versionId: wanted.id, note: null };
  const note = `The champion, version ${wanted.number}, scored nothing in this window: all versions are shown as served.`;
  return { versionId: null, note };
}

async function hasDecision(
  db: Database,
  { from, to }: Span,
  modelVersionId: string | null,
): Promise<boolean> {
  const where = { occurredAt: { gte: from, lt: to }, ...(modelVersionId === null ? {} : { modelVersionId }) };
  return (await db.decision.findFirst({ where, select: { seq: true } })) !== null;
}

/** Says from which day on there is anything, when the window begins before it. */
async function startNote(
  db: Database,
  { from, to }: Span,
  modelVersionId: string | null,
): Promise<string | null> {
  const where = { occurredAt: { gte: from, lt: to }, ...(modelVersionId === null ? {} : { modelVersionId }) };
  const first = await db.decision.findFirst({
    where,
    orderBy: { occurredAt: "asc" },
    select: { occurredAt: true },
  });
  if (first === null || first.occurredAt < new Date(from.getTime() + DAY_MS)) return null;
  return `The first scored payment in this window is of ${dayFormat.format(first.occurredAt)}.`;
}

function daysUpTo(to: Date, days: number, note: string | null): Span {
  return { from: new Date(to.getTime() - days * DAY_MS), to, note };
}

function startOfDay(time: Date): Date {
  return new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);
}

function nextDay(time: Date): Date {
  return new Date(startOfDay(time).getTime() + DAY_MS);
}
