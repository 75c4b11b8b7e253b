import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** A new signing secret, as Standard Webhooks writes it. */
export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString("base64");
}

export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string };

/**
 * The webhook-signature header of Standard Webhooks: `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`, one per
 * secret, separated by spaces, so that receivers can change secrets while both sign. `timestamp` in seconds.
 */
export function signatureOf(secrets: readonly string[], { id, timestamp, body }: Signed): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
    })
    .join(" ");
}
