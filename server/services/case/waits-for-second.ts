import { Prisma } from "#server/db/generated/client.ts";

/** Whether something about the case waits for a second person, for raw SQL that calls the case so. */
export function waitsForSecond(called: "c" | "case"): Prisma.Sql {
  return Prisma.sql`exists (select from approval a where a.subject_type = 'case' and a.status = 'pending'
    and a.subject_id = ${Prisma.raw(`"${called}"`)}.id)`;
}
