import { type ComparedModel, compareModels, type ModelComparison } from "#ml/evaluation/compare-models.ts";
import { numberedFrom0 } from "#ml/evaluation/drawn-ranking.ts";
import type { Database } from "#server/db/client.ts";
import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { ModelStatus } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { decide, defaultPolicy, type Policy } from "#server/domain/policy.ts";
import { classifyRows, rowClass } from "#server/services/analysis/classify-rows.ts";
import { type AnalysisRows, readRows } from "#server/services/analysis/index.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { segmentCosts } from "#server/services/policy/segment-costs.ts";
import { type ResolvedWindow, resolveWindow } from "./resolve-window.ts";
import { type TestedModels, testedModels } from "./tested-models.ts";

/** A version's scores beside those of the reference, on the payments that both scored live. */
export type LivePair = {
  readonly challenger: { readonly id: string; readonly number: number; readonly status: ModelStatus };
  readonly rows: number;
  readonly frauds: number;
  /** what the reference came to on these rows, then the challenger; empty under the floor */
  readonly models: readonly ModelComparison[];
  /** why nothing is shown; null when it is */
  readonly hidden: string | null;
};

export type ModelsView = {
  /** the version that others are compared with: the chosen one, or the champion; null when there is none */
  readonly reference: { readonly id: string; readonly number: number } | null;
  /** of the expected cost */
  readonly currency: string;
  readonly replicates: number;
  readonly live: readonly LivePair[];
  readonly tested: readonly TestedModels[];
};

const SEED = 1;
const MOST_REPLICATES = 200;
const LEAST_REPLICATES = 60;
const REPLICATED_ROWS = 16_000_000;

/**
 * The champion, challengers and baselines side by side, each on the same rows as the other: on the window's known
 * payments where a version scored in shadow, and on the test rows of a training where it has no live scores. Null when
 * nothing has been scored. Same refusals as readPerformance.
 */
export async function readModels(ctx: ServiceContext, asked: AnalysisWindow): Promise<ModelsView | null> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return null;
  const champion = window.versions.find(({ status }) => status === "champion");
  const reference = window.versions.find(({ id }) => id === window.versionId) ?? champion ?? null;
  const tested = await testedModels(ctx.db);
  const none = { currency: "EUR", replicates: 0, live: [], tested };
  if (reference === null) return { reference: null, ...none };
  const { id, number } = reference;
  const live = await livePairs(ctx.db, window, id);
  return { reference: { id, number }, ...none, ...live };
}

type Live = Pick<ModelsView, "currency" | "replicates" | "live">;

async function livePairs(db: Database, window: ResolvedWindow, versionId: string): Promise<Live> {
  const read = await readRows(db, { ...window, versionId });
  const policy = window.policy?.policy ?? defaultPolicy;
  const classes = classifyRows(read, window);
  const kept = keptOf(db);
  const key = `${read.key} ${digestOf(classes)} ${window.policy?.id ?? ""}`;
  const known = kept.get(versionId);
  if (known?.key === key) return known.live;
  const live = await computePairs(db, { read, classes, policy });
  kept.set(versionId, { key, live });
  return live;
}

/** FNV-1a: maturity moves with every look, what counts as what only with a payment that matures. */
function digestOf(classes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const kind of classes) hash = Math.imul(hash ^ kind, 0x01000193);
  return hash;
}

type Kept = Map<string, { readonly key: string; readonly live: Live }>;
const keptBy = new WeakMap<Database, Kept>();

function keptOf(db: Database): Kept {
  const known = keptBy.get(db);
  if (known !== undefined) return known;
  const kept: Kept = new Map();
  keptBy.set(db, kept);
  return kept;
}

type Window = { readonly read: AnalysisRows; readonly classes: Uint8Array; readonly policy: Policy };

async function computePairs(db: Database, window: Window): Promise<Live> {
  const { columns } = window.read;
  const byChallenger = new Map<number, number[]>();
  for (let row = 0; row < window.read.rows; row++) {
    const kind = window.classes[row];
    if (kind !== rowClass.fraud && kind !== rowClass.legitimate) continue;
    if (Number.isNaN(columns.challengerScore[row])) continue;
    const code = columns.challenger[row] as number;
    const rows = byChallenger.get(code);
    if (rows === undefined) byChallenger.set(code, [row]);
    else rows.push(row);
  }
  const names = { currency: await readCodes(db, "currency"), channel: await readCodes(db, "channel") };
  const main = mainCurrency(columns.currency);
  const most = Math.max(1, ...[...byChallenger.values()].map((rows) => rows.length));
  const replicates = Math.round(
    Math.min(MOST_REPLICATES, Math.max(LEAST_REPLICATES, REPLICATED_ROWS / (2 * most))),
  );
  const versions = await challengersOf(db, await readCodes(db, "version"));
  const live = [...byChallenger].flatMap(([code, rows]): LivePair[] => {
    const challenger = versions.get(code);
    if (challenger === undefined) return [];
    return [pairOf(challenger, rows, { ...window, main, names, replicates })];
  });
  return {
    currency: names.currency.get(main) ?? "EUR",
    replicates,
    live: live.sort((a, b) => b.challenger.number - a.challenger.number),
  };
}

type PairWindow = Window & {
  readonly main: number;
  readonly names: Parameters<typeof segmentCosts>[1];
  readonly replicates: number;
};

function pairOf(challenger: LivePair["challenger"], rows: readonly number[], window: PairWindow): LivePair {
  const { columns, dayMs } = window.read;
  const labels = Uint8Array.from(rows, (row) => Number(window.classes[row] === rowClass.fraud));
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  const counted = { challenger, rows: rows.length, frauds };
  if (frauds < MIN_LABELLED_FRAUDS) {
    const hidden = `${frauds} of ${MIN_LABELLED_FRAUDS} known frauds among the payments that both scored.`;
    return { ...counted, models: [], hidden };
  }
  const models = compareModels(
    {
      labels,
      customers: numberedFrom0(rows.map((row) => columns.customer[row] as number)).of,
      cards: rows.map((row) => columns.card[row] as number),
      days: Float64Array.from(rows, (row) => (dayMs[row] as number) / DAY_MS),
    },
    [columns.score, columns.challengerScore].map((scores) => modelOf(scores, rows, window)),
    { seed: SEED, replicates: window.replicates },
  );
  return { ...counted, models, hidden: null };
}

/** A model's scores of the rows, with what the policy's decision on each came to in the main currency. */
function modelOf(scores: Float64Array, rows: readonly number[], window: PairWindow): ComparedModel {
  const { columns } = window.read;
  const costAt = segmentCosts(window.policy, window.names);
  return {
    scores: Float64Array.from(rows, (row) => scores[row] as number),
    costMinor: Float64Array.from(rows, (row) => {
      const currency = columns.currency[row] as number;
      if (currency !== window.main) return Number.NaN;
      const cost = costAt(currency, columns.channel[row] as number);
      const amount = columns.amountMinor[row] as number;
      const score = scores[row] as number;
      const outcome = decide({ status: "scored", score }, amount, { ...window.policy, cost });
      return expectedCosts(Number(window.classes[row] === rowClass.fraud), amount, cost)[outcome];
    }),
  };
}

/** The code that most rows have. */
function mainCurrency(codes: Uint32Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, most], [b, more]) => more - most || a - b)[0]?.[0] ?? 0;
}

async function challengersOf(
  db: Database,
  codes: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, LivePair["challenger"]>> {
  const versions = await db.modelVersion.findMany({
    where: { id: { in: [...codes.values()] } },
    select: { id: true, number: true, status: true },
  });
  const byId = new Map(versions.map((version) => [version.id, version]));
  return new Map(
    [...codes].flatMap(([code, id]) => {
      const version = byId.get(id);
      return version === undefined
        ? []
        : [[code, { ...version, status: version.status as ModelStatus }] as const];
    }),
  );
}
