import type { Tx } from "#server/db/client.ts";

export type SkippedPayment = { readonly transactionId: string; readonly why: string };

export type LinkedForVerdict = {
  /** linked payments without a case */
  readonly transactionIds: readonly string[];
  /** cases of linked payments, whatever their state, by the case's id */
  readonly cases: ReadonlyMap<string, string>;
  readonly skipped: readonly SkippedPayment[];
};

const fields = { id: true, customerId: true, cardToken: true, deviceId: true, ip: true } as const;

/**
 * Which of these payments a verdict on a case may be applied to: those that share the customer, card, device or
 * address of one of the case's own payments. The case's own are left out, since the verdict is theirs anyway.
 */
export async function linkedForVerdict(
  tx: Tx,
  own: readonly string[],
  asked: readonly string[],
): Promise<LinkedForVerdict> {
  const ids = [...new Set(asked)].filter((id) => !own.includes(id));
  const none = { transactionIds: [], cases: new Map<string, string>(), skipped: [] };
  if (ids.length === 0) return none;
  const anchors = await tx.transaction.findMany({ where: { id: { in: [...own] } }, select: fields });
  const traits = new Set(anchors.flatMap(traitsOf));
  const found = await tx.transaction.findMany({
    where: { id: { in: ids } },
    select: { ...fields, case: { select: { id: true } } },
  });
  const known = new Map(found.map((row) => [row.id, row]));
  const skipped = ids.flatMap((transactionId) => {
    const row = known.get(transactionId);
    if (row === undefined) return { transactionId, why: "There is no such payment." };
    if (traitsOf(row).some((trait) => traits.has(trait))) return [];
    return { transactionId, why: "It shares neither customer, card, device nor address with this case." };
  });
  const left = new Set(skipped.map((row) => row.transactionId));
  const linked = found.filter((row) => !left.has(row.id));
  return {
    transactionIds: linked.flatMap((row) => (row.case === null ? row.id : [])),
    cases: new Map(linked.flatMap((row) => (row.case === null ? [] : [[row.case.id, row.id] as const]))),
    skipped,
  };
}

function traitsOf(row: {
  readonly customerId: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
}): string[] {
  const { customerId, cardToken, deviceId, ip } = row;
  const named = Object.entries({ customerId, cardToken, deviceId, ip });
  return named.flatMap(([name, value]) => (value === null ? [] : `${name}:${value}`));
}
