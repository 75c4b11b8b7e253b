import type { Database } from "#server/db/client.ts";
import { verifyPassword } from "./password.ts";
import type { SignInThrottle } from "./sign-in-throttle.ts";

export type SignIn = { readonly email: string; readonly password: string };
export type SignedIn = { readonly userId: string; readonly name: string; readonly sessionVersion: number };

/**
 * Who these credentials belong to; null for every kind of failure (no such user, wrong password, disabled, resting
 * after too many tries), so that the answer tells nothing about which it was.
 */
export async function authenticate(
  { db, throttle, now }: { db: Database; throttle: SignInThrottle; now: Date },
  { email, password }: SignIn,
): Promise<SignedIn | null> {
  const account = email.trim().toLowerCase();
  if (throttle.isResting(account, now)) return null;
  const user = await db.user.findUnique({ where: { email: account } });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches || user.disabledAt !== null) {
    throttle.recordFailure(account, now);
    return null;
  }
  throttle.recordSuccess(account);
  return { userId: user.id, name: user.name, sessionVersion: user.sessionVersion };
}
