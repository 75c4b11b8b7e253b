import { createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes a token of a card number; the same number gives the same token, and no token gives a number back. */
export type Tokenizer = (cardNumber: string) => string;

const letters = "abcdefghijklmnop";

/**
 * HMAC-SHA256 of the number, spaces and dashes left out, under the salt: 32 letters (128 bits). Letters only, so that
 * no run of digits in a token can pass for a card number.
 */
export function cardTokenizer(salt: string): Tokenizer {
  return (cardNumber) => {
    const digest = createHmac("sha256", salt).update(cardNumber.replace(/[\s-]/g, "")).digest("hex");
    return digest.slice(0, 32).replace(/./g, (hex) => letters.charAt(Number.parseInt(hex, 16)));
  };
}

/** The installation's salt, made once and kept in the data folder: without it, tokens of later imports differ. */
export function importSalt(dataDir: string): string {
  const file = join(dataDir, "imports", "card-token-salt");
  if (!existsSync(file)) {
    mkdirSync(join(dataDir, "imports"), { recursive: true });
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}
