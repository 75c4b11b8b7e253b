import { z } from "zod";
import type { Database } from "#server/db/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { Role } from "#server/domain/permission.ts";

/** What a session token says: who, and the version of their sessions when it was made. */
export const SessionClaims = z.object({ userId: z.string(), sessionVersion: z.int() });
export type SessionClaims = z.infer<typeof SessionClaims>;

/**
 * The user behind a token, looked up on every request: null when they are gone, disabled, or have signed out or
 * changed role since the token was made.
 */
export async function actorOfSession(db: Database, claims: unknown): Promise<Actor | null> {
  const parsed = SessionClaims.safeParse(claims);
  if (!parsed.success) return null;
  const user = await db.user.findUnique({ where: { id: parsed.data.userId } });
  if (user === null || user.disabledAt !== null) return null;
  if (user.sessionVersion !== parsed.data.sessionVersion) return null;
  return { kind: "user", id: user.id, name: user.name, role: Role.parse(user.role) };
}

/** Ends every session of a user: tokens made before are refused from now on. */
export async function endSessions(db: Database, userId: string): Promise<void> {
  await db.user.updateMany({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } });
}
