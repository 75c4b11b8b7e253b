import { z } from "zod";

/** What asks for a training. */
const triggerKinds = ["hand", "schedule", "labels", "alert"] as const;

export const TrainingTrigger = z.object({
  kind: z.enum(triggerKinds),
  /** in words, with its numbers */
  because: z.string().min(1).max(500),
});
export type TrainingTrigger = z.infer<typeof TrainingTrigger>;

export const byHand: TrainingTrigger = { kind: "hand", because: "Asked for by hand." };
