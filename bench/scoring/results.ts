import type { MachineFacts } from "./machine.ts";
import type { BatchReport } from "./phases/batch.ts";
import type { ClosedReport } from "./phases/closed.ts";
import type { DashboardReport } from "./phases/dashboard.ts";
import type { OpenReport } from "./phases/open.ts";
import type { OverloadReport } from "./phases/overload.ts";
import type { PeerReport } from "./phases/peer.ts";
import type { ServersReport } from "./phases/servers.ts";
import type { StartReport } from "./phases/start.ts";
import type { TrainingReport } from "./phases/training.ts";

/** All that was measured, as it goes into the JSON; a phase that did not run is left out. */
export type Results = {
  machine: MachineFacts;
  history: { payments: number; customers: number; merchants: number } | null;
  /** How the payments of this run were decided, and how many rules hit. */
  decisions?: { outcomes: Readonly<Record<string, number>>; ruleHits: number };
  closed?: ClosedReport;
  open?: OpenReport;
  batch?: BatchReport;
  peer?: PeerReport;
  dashboard?: DashboardReport;
  training?: TrainingReport;
  servers?: ServersReport;
  start?: StartReport;
  overload?: OverloadReport;
};
