import { z } from "zod";
import { RuleHit } from "../transaction.ts";

/** A hit as a decision keeps it: of a rule that only watches too, which is then marked. */
export const StoredHit = RuleHit.extend({ monitored: z.literal(true).exactOptional() });
export type StoredHit = z.infer<typeof StoredHit>;
