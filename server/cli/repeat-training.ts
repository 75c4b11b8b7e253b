import { readFile } from "node:fs/promises";
import { readManifest, repeatTraining } from "#server/services/training/index.ts";
import { progressBar } from "./progress-bar.ts";
import type { CommandDatabase } from "./with-database.ts";

/** Trains from the manifest in `file` and prints whether rows and artefact are the same. True when both are. */
export async function repeatHere({ db, pool, signal }: CommandDatabase, file: string): Promise<boolean> {
  const manifest = readManifest(await readFile(file, "utf8"));
  const bar = progressBar({ label: "Training again", total: 1 });
  const report = ({ fraction, stage }: { fraction: number; stage: string }): void =>
    bar.update(fraction, stage);
  const again = await repeatTraining({ db, pool }, manifest, { signal, report });
  bar.finish(`Trained again on ${manifest.rows.toLocaleString("en")} payments of run ${manifest.runId}`);
  console.log(line("rows", again.contentHash, again.sameContent));
  console.log(line("artefact", again.artifactHash, again.sameArtifact));
  return again.sameContent && again.sameArtifact;
}

function line(what: string, hash: string, isSame: boolean): string {
  return `${what}: ${hash} ${isSame ? "equal" : "DIFFERENT from the manifest"}`;
}
