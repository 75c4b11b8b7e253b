import { hash, verify } from "@node-rs/argon2";

let decoy: Promise<string> | null = null;

/**
 * True when `password` is the one behind `stored`. With no stored hash (no such user) it does the same work against
 * a decoy and answers false, so that time does not tell which e-mail addresses exist.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash("no password has this hash");
  const matches = await verify(stored ?? (await decoy), password).catch(() => false);
  return stored !== null && matches;
}
