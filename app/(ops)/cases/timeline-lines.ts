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
  /** who is named in it */
  readonly mentions: Event["mentions"];
  readonly isNote: boolean;
  /** whose payment it is about, where that is a case joined to this one */
  readonly part: Event["part"];
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

export const sourceWords: Record<LabelSource, string> = {
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
  second_review: "Reopened for a third look",
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
          mentions: [],
          isNote: false,
          part: null,
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

/** One event alone, as a conflict tells it. */
export function eventLine(event: Event, detail: Pick<Told, "origin">): TimelineLine {
  const why = event.kind === "reopened" ? null : event.reason;
  return {
    key: `event-${event.seq}`,
    at: event.at,
    glyph: glyphs[event.kind],
    says: sayEvent(event, detail) + (event.approvedBy === null ? "" : `, approved by ${event.approvedBy}`),
    text: event.text ?? why,
    mentions: event.mentions,
    isNote: event.kind === "note",
    part: event.part,
  };
}

/** Events that need no more than who did it. */
const plainWords = {
  claimed: "Taken",
  released: "Given back",
  escalated: "Escalated",
  held: "Held back",
  resumed: "Back in the queue",
} as const;

function sayEvent(event: Event, detail: Pick<Told, "origin">): string {
  const by = event.actor === null ? "" : ` by ${event.actor.name}`;
  switch (event.kind) {
    case "opened":
      return openingOf(detail);
    case "claimed":
    case "released":
    case "escalated":
    case "held":
    case "resumed":
      return `${plainWords[event.kind]}${by}`;
    case "note":
      return event.actor?.name ?? "Note";
    case "routed":
      return `${event.queue === null ? "Routed to a queue" : `Routed to ${event.queue}`}${by}`;
    case "joined":
      return sayJoined(event.joined);
    case "assigned":
      return `${event.to === null ? "Assigned to nobody" : `Assigned to ${event.to}`}${by}`;
    case "tagged":
      return `${event.tags === null || event.tags.length === 0 ? "Tags taken off" : `Tagged ${event.tags.join(", ")}`}${by}`;
    case "file":
      return `File ${event.fileName ?? ""} added${by}`;
    case "approval":
      return sayApproval(event, by);
    case "snoozed":
      return `Snoozed${by}${event.until === null ? "" : ` until ${instant(event.until)}`}`;
    case "closed":
      return `Closed as ${verdictWord(event)}${by}`;
    case "reopened":
      return `${reopenedBecause[event.reason ?? ""] ?? "Reopened"}${by}`;
  }
}

function sayJoined(joined: Event["joined"]): string {
  if (joined === null) return "Joined with another case";
  return "child" in joined ? `Case ${joined.child} joined` : `Joined case ${joined.into}`;
}

function sayApproval({ approval, disposition }: Event, by: string): string {
  if (approval === null) return `Approval${by}`;
  const verdict = disposition === null ? "" : `: ${dispositionLook[disposition].word.toLowerCase()}`;
  if (approval.step === "asked") return `Second person asked for${by}, approval ${approval.number}${verdict}`;
  return `Approval ${approval.number} ${approval.step}${by}`;
}

function verdictWord({ disposition }: Event): string {
  return disposition === null ? "unknown" : dispositionLook[disposition].word.toLowerCase();
}

function openingOf({ origin }: Pick<Told, "origin">): string {
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
    mentions: [],
    isNote: false,
    part: label.part,
  };
}
