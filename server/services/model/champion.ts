import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { Database, Tx } from "#server/db/client.ts";
import { loadArtifact } from "./artifact-store.ts";
import { type ModelView, modelView } from "./view.ts";

export type Champion = { readonly version: ModelView; readonly artifact: ModelArtifact };

/** The model version that decides now, with its artefact; null before the first promotion. */
export async function loadChampion(db: Database | Tx): Promise<Champion | null> {
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  if (version === null) return null;
  return { version: modelView(version), artifact: await loadArtifact(db, version.artifactHash) };
}
