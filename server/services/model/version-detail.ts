import { z } from "zod";
import type {
  CandidateRecord,
  ImportanceRecord,
  ModelArtifact,
  RunnerUpRecord,
} from "#ml/models/artifact.ts";
import type { Database } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { reportFromJson, type TrainingReport } from "#server/services/training/report.ts";
import { artifactFacts, type EnsemblePart } from "./artifact-facts.ts";
import { type ModelView, modelView } from "./view.ts";

export const VersionDetailInput = z.strictObject({ number: z.int().min(1).max(2_147_483_647) });

export type NamedImportance = ImportanceRecord & { readonly text: string };

/** What the artefact itself says of how it came to be. */
export type VersionFacts = {
  readonly members: readonly EnsemblePart[];
  readonly slices: ModelArtifact["slices"];
  readonly candidates: readonly CandidateRecord[];
  readonly runnerUp: RunnerUpRecord | null;
  readonly calibrator: string;
  readonly marginOffset: number;
  readonly seed: number;
  readonly dataHash: string;
  readonly libraries: Readonly<Record<string, string>>;
  readonly features: number;
  /** most important first; empty when it was not measured */
  readonly importance: readonly NamedImportance[];
};

export type VersionDetail = ModelView & {
  /** null for a version that came without one */
  readonly report: TrainingReport | null;
  readonly facts: VersionFacts;
};

/** One version with its report and what its artefact holds. @throws ServiceError "forbidden" or "not_found" */
export async function versionDetail(
  ctx: ServiceContext,
  { number }: z.infer<typeof VersionDetailInput>,
): Promise<VersionDetail> {
  requirePermission(ctx.actor, "model:read");
  const version = await ctx.db.modelVersion.findUnique({ where: { number } });
  if (version === null) throw new ServiceError("not_found", `There is no model version ${number}.`);
  return {
    ...modelView(version),
    report: reportOf(version.metrics),
    facts: await factsOf(ctx.db, version.artifactHash),
  };
}

function reportOf(metrics: Prisma.JsonValue): TrainingReport | null {
  const isReport = z.object({ selected: z.string(), families: z.object({}), split: z.object({}) });
  return isReport.safeParse(metrics).success ? reportFromJson(metrics) : null;
}

async function factsOf(db: Database, hash: string): Promise<VersionFacts> {
  const facts = await artifactFacts(db, hash);
  const { members, slices, calibrator, marginOffset, seed, dataHash, libraries, featureSet } = facts;
  const texts = new Map(featureSet.definitions.map(({ name, text }) => [name, text]));
  return {
    members,
    slices,
    candidates: facts.candidates ?? [],
    runnerUp: facts.runnerUp ?? null,
    calibrator: calibrator.kind,
    marginOffset,
    seed,
    dataHash,
    libraries,
    features: featureSet.definitions.length,
    importance: (facts.importance ?? []).map((each) => ({
      ...each,
      text: texts.get(each.name) ?? each.name,
    })),
  };
}
