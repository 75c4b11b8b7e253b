import { containsCardNumber } from "#server/domain/card-number.ts";
import { ServiceError } from "#server/domain/service-error.ts";

/** @throws ServiceError "invalid" when what a person wrote holds a card number, which must never be stored. */
export function checkText(text: string | null | undefined, what: string): void {
  if (containsCardNumber(text ?? "")) {
    throw new ServiceError("invalid", `The ${what} seems to hold a card number; leave it out.`);
  }
}
