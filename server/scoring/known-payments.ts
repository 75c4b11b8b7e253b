import type { Problem } from "#server/domain/problem.ts";
import type { Verdict, Waiting } from "./payment-queue.ts";
import { problemWith } from "./problems.ts";
import type { WriterConnection } from "./writer-connection.ts";

export type KnownPayment = { readonly requestHash: Uint8Array; readonly response: string | null };

/** The payments of these ids that are stored already. */
export async function findKnown(
  writer: WriterConnection,
  ids: readonly string[],
): Promise<Map<string, KnownPayment>> {
  const rows = await writer.read<[id: string, hash: Buffer, response: string | null]>({
    name: "known-payments",
    text: `select t.id, t.request_hash, d.response from transaction t
           left join decision d on d.transaction_id = t.id where t.id = any($1::text[])`,
    values: [ids],
  });
  return new Map(rows.map(([id, requestHash, response]) => [id, { requestHash, response }]));
}

/** The answer to a payment whose id is known: what was answered before, or a conflict when the body was another. */
export function repeatVerdict(known: KnownPayment, requestHash: Uint8Array): Verdict {
  if (known.response !== null && Buffer.compare(known.requestHash, requestHash) === 0) {
    return { response: known.response };
  }
  return { problem: known.response === null ? importedConflict : bodyConflict };
}

const bodyConflict: Problem = problemWith(
  "conflict",
  "This id was scored before with another body. Ids are idempotency keys: use a new one for another payment.",
);
const importedConflict: Problem = problemWith(
  "conflict",
  "This id belongs to a payment of imported history, which was never answered here.",
);

/** The first of each id goes on; later ones of the same id share its fate. */
export function groupById(batch: readonly Waiting[]): Map<string, Waiting[]> {
  const groups = new Map<string, Waiting[]>();
  for (const waiting of batch) {
    const { id } = waiting.payment.event;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [waiting]);
    else group.push(waiting);
  }
  return groups;
}
