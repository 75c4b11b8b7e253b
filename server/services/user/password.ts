import { randomBytes } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { ServiceError } from "#server/domain/service-error.ts";

const MIN_PASSWORD_LENGTH = 12;
const MAX_PASSWORD_LENGTH = 200;

/** Argon2id with the library's parameters (19 MiB, 2 passes, OWASP's recommendation). @throws ServiceError "invalid" */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) {
    throw new ServiceError(
      "invalid",
      `A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
    );
  }
  return hash(password);
}

/** 20 letters and digits in groups of five: 96 bits of chance, typeable, without 0/O and 1/l. */
export function generatePassword(random: (bytes: number) => Uint8Array = randomBytes): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789"; // 32, so that a byte modulo 32 is even
  const characters = Array.from(random(20), (byte) => letters[byte % letters.length] ?? "");
  return [0, 5, 10, 15].map((at) => characters.slice(at, at + 5).join("")).join("-");
}
