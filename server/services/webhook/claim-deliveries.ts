import type { Database } from "#server/db/client.ts";

/** A delivery whose next attempt is this worker's. */
export type Claimed = {
  readonly id: string;
  /** this attempt among them */
  readonly attempts: number;
  readonly eventId: string;
  readonly type: string;
  readonly payload: unknown;
  readonly at: Date;
  readonly endpoint: {
    readonly id: string;
    readonly kind: string;
    readonly target: string;
    readonly secrets: readonly string[];
  };
};

/** Longer than any attempt takes: what a killed worker had begun is due again after it. */
const LEASE_MS = 60_000;

/** Active endpoints for which something is due. */
export async function dueEndpoints(db: Database, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select e.id from webhook_endpoint e where e.disabled_at is null and exists (
      select from webhook_delivery d where d.endpoint_id = e.id and d.status = 'pending'
        and d.next_attempt_at <= ${now.toISOString()}::timestamptz)`;
  return rows.map(({ id }) => id);
}

/** Takes up to `limit` due deliveries of an endpoint, each for one worker; they are due again after a minute. */
export async function claimDeliveries(
  db: Database,
  { endpointId, now, limit }: { readonly endpointId: string; readonly now: Date; readonly limit: number },
): Promise<Claimed[]> {
  const at = now.toISOString();
  const lease = new Date(now.getTime() + LEASE_MS).toISOString();
  const claimed = await db.$queryRaw<{ id: string; attempts: number }[]>`
    with due as materialized (
      select id from webhook_delivery where endpoint_id = ${endpointId} and status = 'pending'
        and next_attempt_at <= ${at}::timestamptz
      order by next_attempt_at limit ${limit} for update skip locked)
    update webhook_delivery d set attempts = attempts + 1, last_attempt_at = ${at}::timestamptz,
      next_attempt_at = ${lease}::timestamptz
    from due where d.id = due.id returning d.id, d.attempts`;
  const rows = await db.webhookDelivery.findMany({
    where: { id: { in: claimed.map(({ id }) => id) } },
    include: { event: true, endpoint: true },
  });
  const attemptsOf = new Map(claimed.map(({ id, attempts }) => [id, attempts]));
  return rows.map(({ id, event, endpoint }) => ({
    id,
    attempts: attemptsOf.get(id) ?? 0,
    eventId: event.id,
    type: event.type,
    payload: event.payload,
    at: event.at,
    endpoint: {
      id: endpoint.id,
      kind: endpoint.kind,
      target: endpoint.target,
      secrets: secretsOf(endpoint, now),
    },
  }));
}

type Secrets = { secret: string; previousSecret: string | null; previousSecretUntil: Date | null };

function secretsOf({ secret, previousSecret, previousSecretUntil }: Secrets, now: Date): string[] {
  const overlaps = previousSecretUntil !== null && previousSecretUntil > now;
  return overlaps && previousSecret !== null ? [secret, previousSecret] : [secret];
}
