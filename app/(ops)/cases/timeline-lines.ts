import { instant } from "#app/format/time.ts";
import type { CaseEventKind } from "#server/domain/case.ts";
import type { LabelSource } from "#server/domain/label.ts";
import { type CaseDetail, dispositionLook, originWords } from "./words.ts";

export type TimelineLine = {
  readonly key: string;
  readonly at: string;
  readonly glyph: string;
  readonly says: string;
  /** what a person wrote */
  readonly text: string | null;
  readonly isNote: boolean;
};

type Event = CaseDetail["timeline"][number];
type Label = CaseDetail["labels"][number];
type Told = Pick<CaseDetail, "openedAt" | "origin" | "timeline" | "labels">;

const glyphs: Record<CaseEventKind, string> = {
  opened: "○",
  routed: "⇢",
  joined: "⊕",
  claimed: "→",
  released: "←",
  assigned: "→",
  escalated: "▲",
  held: "‖",
  resumed: "▷",
  snoozed: "◷",
  note: "✎",
  tagged: "#",
  file: "▤",
  approval: "◇",
  closed: "●",
  reopened: "↺",
};

const sourceWords: Record<LabelSource, string> = {
  import: "the import",
  customer_report: "the customer",
  issuer_alert: "the issuer",
  manual: "hand",
  analyst: "an analyst",
  chargeback: "a chargeback",
};

const reopenedBecause: Readonly<Record<string, string>> = {
  chargeback: "Reopened, because a chargeback contradicts the verdict",
  undo: "Verdict undone",
  manager: "Reopened",
};

/** Events and labels in one line each, newest first. An analyst's label is told by the verdict that made it. */
export function timelineLines(detail: Told): TimelineLine[] {
  const isOpeningTold = detail.timeline.some((event) => event.kind === "opened");
  const opening: TimelineLine[] = isOpeningTold
    ? []
    : [
        {
          key: "opened",
          at: detail.openedAt,
          glyph: glyphs.opened,
          says: openingOf(detail),
          text: null,
          isNote: false,
        },
      ];
  const events = detail.timeline.map((event) => eventLine(event, detail));
  const labels = detail.labels.filter((label) => label.source !== "analyst").map(labelLine);
  const lines = [...opening, ...events, ...labels];
  return lines
    .map((line, place) => ({ line, place }))
    .sort((a, b) => b.line.at.localeCompare(a.line.at) || b.place - a.place)
    .map(({ line }) => line);
}

function eventLine(event: Event, detail: Told): TimelineLine {
  return {
    key: `event-${event.seq}`,
    at: event.at,
    glyph: glyphs[event.kind],
    says: sayEvent(event, detail),
    text: event.text ?? (event.kind === "closed" ? event.reason : null),
    isNote: event.kind === "note",
  };
}

function sayEvent(event: Event, detail: Told): string {
  const by = event.actor === null ? "" : ` by ${event.actor.name}`;
  switch (event.kind) {
    case "opened":
      return openingOf(detail);
    case "claimed":
      return `Taken${by}`;
    case "released":
      return `Given back${by}`;
    case "note":
      return event.actor?.name ?? "Note";
    case "routed":
      return "Routed to a queue";
    case "joined":
      return "Joined by another case";
    case "assigned":
      return `Assigned${by}`;
    case "escalated":
      return `Escalated${by}`;
    case "held":
      return `Held${by}`;
    case "resumed":
      return `Resumed${by}`;
    case "tagged":
      return `Tags changed${by}`;
    case "file":
      return `File added${by}`;
    case "approval":
      return `Approval${by}`;
    case "snoozed":
      return `Snoozed${by}${event.until === null ? "" : ` until ${instant(event.until)}`}`;
    case "closed":
      return `Closed as ${event.disposition === null ? "unknown" : dispositionLook[event.disposition].word.toLowerCase()}${by}`;
    case "reopened":
      return `${reopenedBecause[event.reason ?? ""] ?? "Reopened"}${by}`;
  }
}

function openingOf({ origin }: Told): string {
  // Exploration reads like any other review, so that it is judged like any other.
  return `Opened: ${originWords[origin === "exploration" ? "policy" : origin].toLowerCase()}`;
}

function labelLine(label: Label): TimelineLine {
  const counts = label.effective ? "" : label.withdrawnAt === null ? " (overruled)" : " (withdrawn)";
  return {
    key: `label-${label.seq}`,
    at: label.recordedAt,
    glyph: label.label === "fraud" ? "▲" : "✓",
    says: `Reported as ${label.label} by ${sourceWords[label.source]}${counts}`,
    text: label.note,
    isNote: false,
  };
}
