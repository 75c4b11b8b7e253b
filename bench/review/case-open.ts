import { type Caller, callerFor, type Desk } from "./desk.ts";
import { Latency } from "./latency.ts";
import { analystIds } from "./setup/fill-review.ts";

/** Open cases from all over the queue, and some closed ones, each with all that its page asks for at once. */
export async function measureCaseOpen(desk: Desk, cases: number): Promise<Latency> {
  const { rows } = await desk.pool.query<{ id: string }>(
    `select id from (
       (select id, number from "case" where status = 'open' order by hashtext(id) limit $1)
       union all
       (select id, number from "case" where status = 'closed' order by hashtext(id) limit $2)) chosen
     order by number`,
    [Math.round(cases * 0.9), Math.round(cases * 0.1)],
  );
  const caller = callerFor(desk, "analyst", analystIds[0] ?? "");
  const latency = new Latency("A case opened, with all that its page asks for");
  for (const { id } of rows) await latency.measure(() => askedByCasePage(caller, id));
  return latency;
}

/** What the browser asks for when the page of a case opens, all at once. */
function askedByCasePage(caller: Caller, caseId: string): Promise<unknown> {
  return Promise.all([
    caller.case.byId({ caseId }),
    caller.case.paymentPoints({ caseId, of: "customer" }),
    caller.case.linkedEntities({ caseId }),
    caller.case.similar({ caseId }),
    caller.case.files({ caseId }),
    caller.case.people(),
    caller.case.mentions(),
    caller.approval.pendingOf({ subjectType: "case", subjectId: caseId }),
    caller.reviewSettings.get(),
    caller.case.peekNext(),
  ]);
}
