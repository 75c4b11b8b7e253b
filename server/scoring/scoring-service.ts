import type { Pool } from "pg";
import { containsCardNumber } from "#server/domain/card-number.ts";
import type { Problem } from "#server/domain/problem.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { ScoreResponse } from "#server/domain/transaction.ts";
import { type Acceptance, type AcceptedPayment, acceptPayment } from "./accepted-payment.ts";
import { withDeadline } from "./deadline.ts";
import type { Settle, Verdict } from "./payment-queue.ts";
import { problemWith, serviceCodeOf } from "./problems.ts";
import { Turns } from "./turns.ts";

/** Tells `settle` the verdict on each payment by its place, once. */
export type Submit = (payments: readonly AcceptedPayment[], settle: Settle) => void;

export type ScoringService = {
  /** Checks a body and tells `settle` the verdict on it: known, decided or refused. */
  scoreOne(body: unknown, settle: (verdict: Verdict) => void): void;
  /** Verdicts of these bodies in order, each checked, known, decided or refused by itself. */
  score(bodies: Iterable<unknown>): Promise<Verdict[]>;
  /** The answer of a payment as first served; null when it has none. */
  find(transactionId: string): Promise<string | null>;
  /** The same for the tRPC router. */
  readonly port: ScoringPort;
};

const READ_LIMIT_MS = 1_200;
const STRIDE_MS = 4;

/** The scoring operations that HTTP and tRPC share. */
export function createScoringService(submit: Submit, pool: Pool, now: () => Date): ScoringService {
  const scoreOne: ScoringService["scoreOne"] = (body, settle) => {
    const acceptance = acceptPayment(body, now());
    if (acceptance.accepted) submit([acceptance.payment], settle);
    else settle({ problem: acceptance.problem });
  };
  const turns = new Turns();
  const score = async (bodies: Iterable<unknown>): Promise<Verdict[]> => {
    const acceptances: Acceptance[] = [];
    if (turns.busy) await turns.next();
    let pauseAt = performance.now() + STRIDE_MS;
    for (const body of bodies) {
      acceptances.push(acceptPayment(body, now()));
      if (performance.now() < pauseAt) continue;
      await turns.next(); // large batches let other requests be served
      pauseAt = performance.now() + STRIDE_MS;
    }
    const accepted = acceptances.flatMap((a) => (a.accepted ? [a.payment] : []));
    const verdicts = (await allVerdicts(submit, accepted)).values();
    return acceptances.map((a) => (a.accepted ? (verdicts.next().value ?? missing) : { problem: a.problem }));
  };
  const find = async (transactionId: string): Promise<string | null> => {
    if (transactionId.includes("\0") || !transactionId.isWellFormed()) return null;
    if (containsCardNumber(transactionId)) return null; // no transaction can have it, and no statement should
    const query = pool.query<{ response: string }>(
      "select response from decision where transaction_id = $1",
      [transactionId],
    );
    const { rows } = await withDeadline(query, READ_LIMIT_MS, "reading a decision").catch(
      (cause: unknown) => {
        throw new ServiceError("unavailable", "The database does not answer.", { cause });
      },
    );
    return rows[0]?.response ?? null;
  };
  return { scoreOne, score, find, port: portOf({ scoreOne, score, find }) };
}

/** Resolves once every payment has its verdict. */
function allVerdicts(submit: Submit, payments: readonly AcceptedPayment[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = payments.map(() => missing);
  let open = payments.length;
  if (open === 0) return Promise.resolve(verdicts);
  return new Promise((resolve) => {
    submit(payments, (verdict, place) => {
      verdicts[place] = verdict;
      if (--open === 0) resolve(verdicts);
    });
  });
}

const missing: Verdict = { problem: problemWith("internal", "There is no verdict.") };

function portOf({ scoreOne, score, find }: Omit<ScoringService, "port">): ScoringPort {
  return {
    async score(body) {
      const verdict = await new Promise<Verdict>((settle) => scoreOne(body, settle));
      if ("problem" in verdict) throw refusalOf(verdict.problem);
      return answerOf(verdict.response);
    },
    async scoreBatch(bodies) {
      const verdicts = await score(bodies);
      return verdicts.map((v) => ("problem" in v ? v.problem : answerOf(v.response)));
    },
    async byId(transactionId) {
      const response = await find(transactionId);
      if (response === null) throw new ServiceError("not_found", "There is no decision on this transaction.");
      return answerOf(response);
    },
  };
}

function answerOf(response: string): ScoreResponse {
  return ScoreResponse.parse(JSON.parse(response));
}

function refusalOf(problem: Problem): ServiceError {
  const places = (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  return new ServiceError(serviceCodeOf(problem), [problem.detail, ...places].join("\n"));
}
