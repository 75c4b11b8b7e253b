import { z } from "zod";
import { findCardData } from "#server/domain/card-number.ts";

/** A text that PostgreSQL can keep and be asked for. */
export const storableText = z.string().refine(isStorable, "must not hold NUL or half a surrogate pair");

/**
 * The schema, after a look at the whole value: card data at any depth, and texts that cannot be stored, are refused by
 * their place before anything else reads them.
 */
export function safeInput<O, I>(schema: z.ZodType<O, I>): z.ZodType<O, I> {
  return z
    .custom<I>()
    .superRefine((value, ctx) => {
      for (const { path, message } of findCardData(value))
        ctx.addIssue({ code: "custom", path: [path], message });
      if (!textsOf(value).every(isStorable))
        ctx.addIssue({ code: "custom", message: "must not hold NUL or half a surrogate pair" });
    })
    .pipe(schema);
}

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** The texts of a value of some depth, names left out; the card search refuses what is deeper. */
function textsOf(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > 64) return [];
  return Object.values(value).flatMap((inner) => textsOf(inner, depth + 1));
}
