import { hash } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SECRET_LENGTH = 40; // 238 bits
const PREFIX_LENGTH = 12;

/** What a caller's key looks like; anything else is refused without asking the database. */
export const apiKeyPattern = /^assay_[0-9A-Za-z]{32,128}$/;

export type GeneratedApiKey = { readonly key: string; readonly prefix: string; readonly hash: Uint8Array };

/**
 * A new key: `assay_` and 40 characters of base 62, each equally likely. `randomBytes` gives that many random bytes.
 * The key is shown once; only its SHA-256 and its first 12 characters are kept.
 */
export function generateApiKey(randomBytes: (size: number) => Uint8Array): GeneratedApiKey {
  let secret = "";
  while (secret.length < SECRET_LENGTH) {
    for (const byte of randomBytes(SECRET_LENGTH)) {
      // 248 is the largest multiple of 62 in a byte: without this the first characters would be likelier.
      if (byte < 248 && secret.length < SECRET_LENGTH) secret += ALPHABET[byte % 62];
    }
  }
  const key = `assay_${secret}`;
  return { key, prefix: key.slice(0, PREFIX_LENGTH), hash: hashApiKey(key) };
}

/** SHA-256 of a key, as it is stored: keys have too much entropy to need a slow hash. */
export function hashApiKey(key: string): Uint8Array {
  return Buffer.from(hashApiKeyText(key), "base64");
}

/** The same in base64. */
export function hashApiKeyText(key: string): string {
  return hash("sha256", key, "base64");
}
