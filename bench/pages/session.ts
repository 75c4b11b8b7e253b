import { randomBytes } from "node:crypto";
import type { Database } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { createUser } from "#server/services/user/index.ts";

/** Cookies by their names. */
export type Cookies = Readonly<Record<string, string>>;

/** Makes an administrator for this run and signs in as the sign-in page does. @throws Error when that is refused */
export async function signIn(db: Database, pagesUrl: string, now: Date): Promise<Cookies> {
  const ctx: ServiceContext = { db, actor: { kind: "system", name: "bench" }, now: () => now };
  const [email, password] = [`bench-${now.getTime()}@bench.example`, randomBytes(18).toString("base64url")];
  await createUser(ctx, { email, name: "Bench", role: "admin", password });
  const csrf = await fetch(`${pagesUrl}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const before = cookiesOf(csrf);
  const answer = await fetch(`${pagesUrl}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookieHeader(before), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  const cookies = { ...before, ...cookiesOf(answer) };
  if (Object.keys(cookies).some((name) => name.endsWith("session-token"))) return cookies;
  throw new Error(`The bench could not sign in: ${answer.status} ${await answer.text()}`);
}

export function cookieHeader(cookies: Cookies): string {
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
}

function cookiesOf(response: Response): Cookies {
  return Object.fromEntries(
    response.headers.getSetCookie().map((line) => {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
