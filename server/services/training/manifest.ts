import { z } from "zod";
import { ServiceError } from "#server/domain/service-error.ts";
import { TrainingOptions } from "./options.ts";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Window = z.object({ from: z.string(), to: z.string(), rows: z.int(), frauds: z.int() });

/** How far the log was read, in the orders in which its rows became visible. */
export const LogMarks = z.object({
  transactionSeq: z.int(),
  labelSeq: z.int(),
  withdrawalSeq: z.int(),
});
export type LogMarks = z.infer<typeof LogMarks>;

/** Labels that count, by who said so. */
export const LabelSources = z.record(z.string(), z.object({ fraud: z.int(), legitimate: z.int() }));
export type LabelSources = z.infer<typeof LabelSources>;

/** All that repeats a training, and what it must come to. */
export const TrainingManifest = z.object({
  format: z.literal("assay-training-manifest"),
  formatVersion: z.literal(1),
  runId: z.string(),
  /** what was known then: labels recorded later do not exist. ISO 8601 UTC */
  knownAt: z.string(),
  marks: LogMarks,
  rows: z.int(),
  /** first and last payment, ISO 8601 UTC, `to` exclusive; null without rows */
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  split: z.object({ train: Window, validation: Window, test: Window }),
  labelSources: LabelSources,
  maturity: z.object({ days: z.int(), rule: z.string() }),
  weights: z.object({
    /** rows of the test window that stood for others when the gate judged */
    explored: z.int(),
    rule: z.string(),
    /** of the rows learned from; manifests of earlier builds lack it */
    training: z
      .object({
        explored: z.int(),
        cap: z.number().nullable(),
        capped: z.int(),
        rows: z.int(),
        effectiveRows: z.number(),
      })
      .nullable()
      .default(null),
  }),
  exclusions: z.object({
    /** declined and never labelled: nobody knows what they were */
    declined: z.int(),
    /** too young for their label to be known */
    immature: z.int(),
  }),
  featureSet: z.object({ name: z.string(), version: z.string(), features: z.array(z.string()) }),
  seed: z.int(),
  options: TrainingOptions,
  policyVersionId: z.string(),
  codeVersion: z.string(),
  libraries: z.record(z.string(), z.string()),
  /** SHA-256 over the feature set, transaction ids, labels and features of all rows, in order of arrival */
  contentHash: Hash,
  artifactHash: Hash,
});
export type TrainingManifest = z.infer<typeof TrainingManifest>;

/** A manifest as it was downloaded. @throws ServiceError "invalid" with what is wrong */
export function readManifest(text: string): TrainingManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ServiceError("invalid", "This is not JSON, so no manifest of a training.", { cause });
  }
  const manifest = TrainingManifest.safeParse(json);
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw new ServiceError(
    "invalid",
    `This is no manifest of a training: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim(),
  );
}
