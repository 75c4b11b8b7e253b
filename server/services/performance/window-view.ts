import type { LabelBasis } from "#server/domain/analysis-window.ts";
import type { VersionChoice } from "./choose-version.ts";
import type { ResolvedWindow } from "./resolve-window.ts";

/** The window as a page tells it. Times are ISO 8601 UTC, `to` exclusive. */
export type WindowView = {
  readonly from: string;
  readonly to: string;
  readonly maturityDays: number;
  readonly basis: LabelBasis;
  readonly versionId: string | null;
  readonly versions: readonly VersionChoice[];
  readonly notes: readonly string[];
};

export function windowView(window: ResolvedWindow): WindowView {
  return {
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    maturityDays: window.maturityDays,
    basis: window.basis,
    versionId: window.versionId,
    versions: window.versions,
    notes: window.notes,
  };
}
