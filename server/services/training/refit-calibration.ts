import type { Pool } from "pg";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { recalibrate, recalibrationWindow } from "#ml/training/recalibrate.ts";
import type { Fitted, Fitting, Watching } from "./fit-dataset.ts";
import { loadDataset } from "./load-dataset.ts";
import { trainOptionsOf } from "./options.ts";
import type { RecalibrationReport } from "./report.ts";

export type Refitted = Fitted & { readonly recalibration: RecalibrationReport };

/** Where loading ends on the progress bar. */
const LOADED = 0.85;
const FITTED = 0.95;

/**
 * Loads the rows after those that a model learned from and gives the model another calibration. The same log, marks,
 * time and parent give the same artefact.
 * @throws RangeError when too few frauds have matured since, the signal's reason
 */
export async function refitCalibration(
  pool: Pool,
  fitting: Fitting & { readonly parent: ModelArtifact },
  { signal, report }: Watching,
): Promise<Refitted> {
  const { options, parent, maturityDays, knownAt, marks } = fitting;
  const nowMs = knownAt.getTime();
  const trainOptions = trainOptionsOf(options, maturityDays);
  const window = recalibrationWindow(parent, { nowMs, maturityDays });
  const loaded = await loadDataset(pool, {
    featureSet: parent.featureSet,
    from: new Date(window.fromMs),
    to: null,
    now: knownAt,
    marks,
    signal,
    onProgress: ({ done, total }) =>
      report({ stage: "reading the history", fraction: LOADED * (done / Math.max(1, total)) }),
  });
  report({ stage: "fitting the calibration", fraction: FITTED });
  const { seed, unlabelled, bootstrapReplicates } = trainOptions;
  const { result, findings } = recalibrate(parent, loaded.dataset, {
    nowMs,
    maturityDays,
    unlabelled,
    seed,
    bootstrapReplicates,
  });
  const counts = { frauds: 0, legitimate: 0 };
  for (const label of loaded.dataset.labels) {
    if (label === 1) counts.frauds++;
    if (label === 0) counts.legitimate++;
  }
  const { versionId = "", number = 0 } = options.recalibrates ?? {};
  const recalibration = { ...findings, parent: { versionId, number } };
  return { ...loaded, ...counts, options, trainOptions, result, leaks: [], recalibration };
}
