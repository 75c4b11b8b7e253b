import { callerFor, type Desk } from "./desk.ts";
import { Latency } from "./latency.ts";
import { analystIds } from "./setup/fill-review.ts";

const CASES = 300;

/** Open cases from all over the queue, and some closed ones, each with all that its page asks for at once. */
export async function measureCaseOpen(desk: Desk): Promise<Latency> {
  const { rows } = await desk.pool.query<{ id: string }>(
    `select id from (
       (select id, number from "case" where status = 'open' order by hashtext(id) limit $1)
       union all
       (select id, number from "case" where status = 'closed' order by hashtext(id) limit $2)) chosen
     order by number`,
    [Math.round(CASES * 0.9), Math.round(CASES * 0.1)],
  );
  const caller = callerFor(desk, "analyst", analystIds[0] ?? "");
  const latency = new Latency("A case opened, with all that its page asks for");
  for (const { id } of rows) {
    const caseId = id;
    await latency.measure(() =>
      Promise.all([caller.case.byId({ caseId }), caller.case.files({ caseId }), caller.case.peekNext()]),
    );
  }
  return latency;
}
