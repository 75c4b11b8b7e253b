/** What joining looks at in a case. */
export type Joinable = {
  readonly id: string;
  readonly number: number;
  readonly openedAt: Date;
  readonly customerId: string;
  readonly cardToken: string | null;
  readonly currency: string;
};

export type NewCase = Joinable & {
  /** neither joins nor is joined */
  readonly apart: boolean;
  /** 1 for a case that nobody has touched yet */
  readonly version: number;
};

/**
 * Which new case joins which: the case of the same customer or card, in the same currency, that stands open already,
 * else the oldest new one. What is joined to is a root: it joins nothing itself, so there are no chains. One
 * that stands apart has no part in it; one that somebody has touched stays where they work on it. Returns the root by
 * the child's id.
 */
export function planJoins<C extends NewCase>(
  fresh: readonly C[],
  standing: readonly Joinable[],
): Map<string, Joinable> {
  const rootOf = new Map<string, Joinable>();
  const joins = new Map<string, Joinable>();
  const add = (root: Joinable): void => {
    for (const key of keysOf(root)) if (!rootOf.has(key)) rootOf.set(key, root);
  };
  const open = fresh.filter((one) => !one.apart);
  for (const root of [...standing].sort(byAge)) add(root);
  for (const touched of open.filter((one) => one.version > 1).sort(byAge)) add(touched);
  for (const one of open.filter(({ version }) => version === 1).sort(byAge)) {
    const [root] = keysOf(one)
      .flatMap((key) => rootOf.get(key) ?? [])
      .sort(byAge);
    if (root === undefined) add(one);
    else joins.set(one.id, root);
  }
  return joins;
}

function keysOf({ customerId, cardToken, currency }: Joinable): string[] {
  const customer = `${currency} customer ${customerId}`;
  return cardToken === null ? [customer] : [customer, `${currency} card ${cardToken}`];
}

function byAge(a: Joinable, b: Joinable): number {
  return a.openedAt.getTime() - b.openedAt.getTime() || (a.id < b.id ? -1 : 1);
}
