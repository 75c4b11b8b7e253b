import type { Pool } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { type LoggedPaymentRow, loggedPayment, selectLoggedPayments } from "#server/db/logged-payment.ts";
import type { DecisionReplay, ReplayDifference } from "#server/domain/decision-replay.ts";
import { Policy } from "#server/domain/policy.ts";
import { type Decision, decidePayment } from "./decision.ts";
import { responseOf } from "./response.ts";
import { loadLists, loadRules } from "./rules-loader.ts";
import { scoreRows } from "./score-rows.ts";
import { ArtifactError, loadArtifact } from "./serving-loader.ts";
import { placesOf, type ServingVersion } from "./serving-version.ts";

type Stored = {
  readonly event: PaymentEvent;
  readonly outcome: string;
  readonly score: number | null;
  /** of the model in shadow, which may have drawn it for review */
  readonly challengerScore: number | null;
  readonly reasons: unknown;
  readonly rules: unknown;
  readonly propensity: number;
  readonly exploration: string | null;
  readonly expectedLossMinor: number;
  readonly features: Float64Array;
  readonly scoredAt: Date;
  readonly response: string;
  readonly caseId: string | null;
  readonly artifactHash: string | null;
  readonly modelVersionId: string | null;
  readonly policyVersionId: string;
  readonly policy: unknown;
  readonly ruleSetVersionId: string | null;
  readonly listRevision: number | null;
};

/**
 * Carries a past decision out again from what was stored with it: the served vector, the model's artefact, the policy,
 * the rule set, and the lists as of their revision. Everything is compared, the score bit for bit and the response byte
 * for byte. Null for a transaction without a decision.
 * @throws Error when the database cannot be read.
 */
export async function replayDecision(pool: Pool, transactionId: string): Promise<DecisionReplay | null> {
  const started = performance.now();
  const stored = await readStored(pool, transactionId);
  if (stored === null) return null;
  const answer = (impossible: string | null, differences: ReplayDifference[]): DecisionReplay => ({
    transactionId,
    impossible,
    differences,
    features: stored.features.length,
    milliseconds: performance.now() - started,
  });
  if (stored.artifactHash === null) return answer("No model decided it.", []);
  if (stored.listRevision === null)
    return answer("It is older than lists, and does not say which stood.", []);
  try {
    const serving = await servingOf(pool, stored, stored.artifactHash, stored.listRevision);
    const { event, features, scoredAt } = stored;
    const challengerScore = stored.challengerScore ?? Number.NaN;
    const [score = Number.NaN] = scoreRows(serving.champion?.scorer ?? null, features, 1);
    const decision = decidePayment({ event, features, score, challengerScore, scoredAt }, serving);
    return answer(null, differencesOf(stored, decision, serving));
  } catch (error) {
    if (error instanceof ArtifactError) return answer("Its model's artefact cannot be read any more.", []);
    throw error;
  }
}

const query = selectLoggedPayments(
  [
    `d.outcome, d.score, d.reasons, d.rules, d.propensity, d.exploration, d.expected_loss_minor, d.features, d.scored_at,
     d.response, m.artifact_hash, d.model_version_id, d.policy_version_id, p.body, d.rule_set_version_id, d.list_revision, d.challenger_score`,
  ],
  { attributes: true },
).concat(`
  join policy_version p on p.id = d.policy_version_id
  left join model_version m on m.id = d.model_version_id
  where t.id = $1`);

type Row = [
  ...LoggedPaymentRow,
  outcome: string,
  score: number | null,
  reasons: unknown,
  rules: unknown,
  propensity: number,
  exploration: string | null,
  expectedLossMinor: number,
  features: Buffer,
  scoredAt: Date,
  response: string,
  artifactHash: string | null,
  modelVersionId: string | null,
  policyVersionId: string,
  policy: unknown,
  ruleSetVersionId: string | null,
  listRevision: number | null,
  challengerScore: number | null,
];

const LOGGED = 16;

async function readStored(pool: Pool, transactionId: string): Promise<Stored | null> {
  const { rows } = await pool.query<Row>({ text: query, values: [transactionId], rowMode: "array" });
  const [row] = rows;
  if (row === undefined) return null;
  const own = row.slice(LOGGED) as Row extends [...LoggedPaymentRow, ...infer Own] ? Own : never;
  const [
    outcome,
    score,
    reasons,
    rules,
    propensity,
    exploration,
    expectedLossMinor,
    bytes,
    scoredAt,
    response,
  ] = own;
  const [, , , , , , , , , , artifactHash, modelVersionId, policyVersionId, policy, ruleSetVersionId] = own;
  return {
    event: loggedPayment(row),
    outcome,
    score,
    reasons,
    rules,
    propensity,
    exploration,
    expectedLossMinor: Number(expectedLossMinor),
    features: new Float64Array(Uint8Array.from(bytes).buffer),
    scoredAt,
    response,
    caseId: caseIdOf(response),
    artifactHash,
    modelVersionId,
    policyVersionId,
    policy,
    ruleSetVersionId,
    listRevision: own[15] === null ? null : Number(own[15]),
    challengerScore: own[16],
  };
}

/** The id of a case is drawn, not computed, so it is taken from the answer. */
function caseIdOf(response: string): string | null {
  const { caseId } = JSON.parse(response) as { caseId?: unknown };
  return typeof caseId === "string" ? caseId : null;
}

async function servingOf(
  pool: Pool,
  stored: Stored,
  artifactHash: string,
  listRevision: number,
): Promise<ServingVersion> {
  const model = await loadArtifact(pool, artifactHash);
  const { featureSet } = model.scorer;
  return {
    champion: { modelVersionId: stored.modelVersionId ?? "", ...model },
    challenger: null,
    canary: null,
    featureSet,
    places: placesOf(featureSet),
    active: { policyVersionId: stored.policyVersionId, policy: Policy.parse(stored.policy) },
    ruleSet: await loadRules(pool, stored.ruleSetVersionId, { featureSet, before: null }),
    lists: await loadLists(pool, listRevision, null),
  };
}

function differencesOf(stored: Stored, decision: Decision, serving: ServingVersion): ReplayDifference[] {
  const { event, caseId, scoredAt } = stored;
  const reasons = decision.reasons.length === 0 ? "[]" : JSON.stringify(decision.reasons);
  const response = responseOf({ event, decision, caseId, reasons, scoredAt }, serving);
  const pairs: [ReplayDifference["part"], unknown, unknown][] = [
    ["score", stored.score, decision.score],
    ["outcome", stored.outcome, decision.outcome],
    ["reasons", stored.reasons, decision.reasons],
    ["rules", stored.rules, decision.hits],
    ["propensity", stored.propensity, decision.propensity],
    ["exploration", stored.exploration, decision.exploration],
    ["expectedLoss", stored.expectedLossMinor, decision.expectedLossMinor],
    ["response", stored.response, response],
  ];
  return pairs.flatMap(([part, was, is]) => {
    const [served, replayed] = [textOf(was), textOf(is)];
    return served === replayed ? [] : [{ part, served, replayed }];
  });
}

/** Shortest text that reads back as the same bits for a number; keys of objects in order, as PostgreSQL reorders them. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${name}:${textOf(inner)}`)
    .join(",")}}`;
}
