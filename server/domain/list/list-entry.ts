import { z } from "zod";
import { containsCardNumber } from "../card-number.ts";
import { ipRange } from "./ip-range.ts";

const listEffects = ["block", "allow"] as const;
/** block: declined whatever else is known. allow: approved, as long as the model could score. */
export const ListEffect = z.enum(listEffects);
export type ListEffect = z.infer<typeof ListEffect>;

export const listKinds = ["customer", "card", "device", "ip", "merchant", "country"] as const;
export const ListKind = z.enum(listKinds);
export type ListKind = z.infer<typeof ListKind>;

/** One thing on a list, as it is put there. An address may be a range, such as 203.0.113.0/24. */
export const NewListEntry = z
  .strictObject({
    list: ListEffect,
    kind: ListKind,
    value: z.string().trim().min(1, "Say what to put on the list").max(128),
    reason: z.string().trim().min(1, "Say why").max(500),
    expiresAt: z.iso.datetime({ offset: true }).nullable(),
  })
  .superRefine(({ kind, value, reason }, context) => {
    for (const [path, text] of Object.entries({ value, reason })) {
      if (!containsCardNumber(text)) continue;
      context.addIssue({ code: "custom", path: [path], message: "looks like a card number; use its token" });
    }
    const problem = valueProblem(kind, value);
    if (problem !== null) context.addIssue({ code: "custom", path: ["value"], message: problem });
  });
export type NewListEntry = z.infer<typeof NewListEntry>;

/** Why a value can't be of this kind; null when it can. */
function valueProblem(kind: ListKind, value: string): string | null {
  if (kind === "country" && !/^[A-Z]{2}$/.test(value))
    return "must be an ISO 3166-1 alpha-2 code in capitals, such as DE";
  if (kind === "ip" && ipRange(value) === null)
    return "must be an address or a range such as 203.0.113.0/24; ranges of IPv6 end at a multiple of 4 bits";
  return null;
}

/** How the value is stored and compared: addresses in one spelling, everything else as it is. */
export function canonicalValue(kind: ListKind, value: string): string {
  return kind === "ip" ? (ipRange(value)?.text ?? value) : value;
}
