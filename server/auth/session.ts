import { headers } from "next/headers";
import { getServerSession } from "next-auth";
import { cache } from "react";
import type { Actor } from "#server/domain/actor.ts";
import { actorOfSession } from "./actor-of-session.ts";
import { authOptions } from "./options.ts";
import { webConnections } from "./web-connections.ts";

/** Who makes this request to the web process; null when nobody is signed in. Looked up once per request. */
export const currentActor: () => Promise<Actor | null> = cache(async () => {
  await headers(); // marks the page as made per request, before any connection is opened
  const session: unknown = await getServerSession(authOptions());
  if (typeof session !== "object" || session === null || !("claims" in session)) return null;
  return actorOfSession(webConnections().db, session.claims);
});
