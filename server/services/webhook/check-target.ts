import { isIP } from "node:net";
import { z } from "zod";
import { ServiceError } from "#server/domain/service-error.ts";
import type { EndpointKind } from "#server/domain/webhook.ts";
import { isPrivateAddress } from "./private-address.ts";

/** Where webhooks may go, by the settings of the installation. */
export type TargetRules = { readonly allowPrivate: boolean };

const Address = z.email().max(254);

/**
 * The target as it is kept. A name may still turn out to lead inside when it is sent to: that is checked then.
 * @throws ServiceError "invalid"
 */
export function checkTarget(kind: EndpointKind, target: string, { allowPrivate }: TargetRules): string {
  const given = target.trim();
  if (kind === "email") {
    if (!Address.safeParse(given).success)
      throw new ServiceError("invalid", "That is not an e-mail address.");
    return given;
  }
  const url = URL.parse(given);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new ServiceError("invalid", "An endpoint is an https:// address.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new ServiceError("invalid", "The address may not hold a user name or a password.");
  }
  url.hash = "";
  if (allowPrivate) return url.href;
  if (url.protocol === "http:") {
    throw new ServiceError("invalid", `An endpoint is an https:// address. ${howToAllow}`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host.endsWith(".localhost") || (isIP(host) !== 0 && isPrivateAddress(host))) {
    throw new ServiceError("invalid", `That address is inside a private network. ${howToAllow}`);
  }
  return url.href;
}

const howToAllow = "WEBHOOKS_ALLOW_PRIVATE=true allows http and private networks.";
