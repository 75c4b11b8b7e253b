import { z } from "zod";
import { familyOptions, type MemberFamily, memberFamilies } from "#ml/models/families.ts";
import { searchMetrics } from "#ml/training/search/metric.ts";

/** What an experiment is told before it starts: what decides, how many configurations, and how long it may search. */
export const ExperimentSettings = z.strictObject({
  /** compared on the validation days; named before the run and never changed */
  metric: z.enum(searchMetrics).default("average_precision"),
  /** configurations drawn at most */
  trials: z.int().min(1).max(243).default(27),
  /** of searching; loading the rows and the winner's own training come on top */
  budgetMinutes: z.number().min(0.1).max(300).default(20),
});
export type ExperimentSettings = z.infer<typeof ExperimentSettings>;

const Value = z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.number()).max(8)]);

/** Changes to a family's own options; their ranges are the family's to check. */
export const FamilyChanges = z
  .partialRecord(
    z.enum(memberFamilies as readonly [MemberFamily, ...MemberFamily[]]),
    z.record(z.string(), Value),
  )
  .refine(
    (changes) =>
      memberFamilies.every((family) =>
        Object.keys(changes[family] ?? {}).every((name) => name in familyOptions(family)),
      ),
    "A family has no such option.",
  );
