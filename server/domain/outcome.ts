import { z } from "zod";

/** From mildest to strictest: rules and lists may only be compared by this order. */
export const outcomes = ["approve", "review", "decline"] as const;
export const Outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof Outcome>;
