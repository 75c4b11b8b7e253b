import { Prisma } from "#server/db/generated/client.ts";

/** Open, and neither held, claimed nor put off at `now`: what somebody can be given. For raw SQL on "case" alone. */
export function freeNow(now: Date): Prisma.Sql {
  const at = now.toISOString();
  return Prisma.sql`status = 'open' and held_at is null
    and (claimed_until is null or claimed_until <= ${at}::timestamptz)
    and (snoozed_until is null or snoozed_until <= ${at}::timestamptz)`;
}
