import { z } from "zod";
import { findCardData } from "#server/domain/card-number.ts";

/** The schema, after a look for card data at any depth: refused by its place, before anything else reads it. */
export function cardFree<O, I>(schema: z.ZodType<O, I>): z.ZodType<O, I> {
  return z
    .custom<I>()
    .superRefine((value, ctx) => {
      for (const { path, message } of findCardData(value))
        ctx.addIssue({ code: "custom", path: [path], message });
    })
    .pipe(schema);
}
