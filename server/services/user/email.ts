import { z } from "zod";
import { ServiceError } from "#server/domain/service-error.ts";

/** The address in lower case, so that one person has one user. @throws ServiceError "invalid" */
export function requireEmail(text: string): string {
  const parsed = z.email().max(254).safeParse(text.trim().toLowerCase());
  if (!parsed.success) throw new ServiceError("invalid", `${text} is not an e-mail address.`);
  return parsed.data;
}
