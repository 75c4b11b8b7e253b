import { z } from "zod";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { Database, Tx } from "#server/db/client.ts";
import { loadArtifact } from "./artifact-store.ts";

/** A model inside an ensemble: its margin enters the sum `weight` times. */
export type EnsemblePart = { readonly family: string; readonly weight: number };

/** An artefact without the model's parameters, which are most of its bytes and nothing to look at. */
export type ArtifactFacts = Omit<ModelArtifact, "model"> & {
  /** empty for a model that is no ensemble */
  readonly members: readonly EnsemblePart[];
};

const MOST_KEPT = 6;
const kept = new Map<string, ArtifactFacts>();

/**
 * What pages show of an artefact; decoded once per hash, since it is some megabytes and never changes.
 * @throws ServiceError "not_found"; RangeError when it is damaged
 */
export async function artifactFacts(db: Database | Tx, hash: string): Promise<ArtifactFacts> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const { model, ...rest } = await loadArtifact(db, hash);
  const facts = {
    ...rest,
    members: membersOf(model),
  };
  kept.set(hash, facts);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return facts;
}

const Ensemble = z.object({
  family: z.literal("ensemble"),
  members: z.array(z.object({ family: z.string(), weight: z.number() })),
});

function membersOf(model: unknown): EnsemblePart[] {
  const ensemble = Ensemble.safeParse(model);
  return ensemble.success ? ensemble.data.members : [];
}
