import { percent, plural } from "#app/format/number.ts";
import type { Tone } from "#app/ui/badge.tsx";
import type { ListKind } from "#server/domain/list/list-entry.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import type { Rule, RuleEffect, RuleStatus } from "#server/domain/rule/rule-set.ts";
import type { RulesInForce, RuleTest } from "./types.ts";

export const statusLook: Record<RuleStatus, { word: string; shape: string; tone: Tone }> = {
  active: { word: "Active", shape: "●", tone: "accent" },
  monitor: { word: "Watching", shape: "◐", tone: "review" },
  off: { word: "Off", shape: "–", tone: "neutral" },
};

export const kindWords: Record<ListKind, string> = {
  customer: "Customer",
  card: "Card",
  device: "Device",
  ip: "IP address",
  merchant: "Merchant",
  country: "Country",
};

const forced: Record<Outcome, string> = {
  approve: "Always approve",
  review: "Always review",
  decline: "Always decline",
};

/** What a rule does when it hits. */
export function effectWords({ kind, outcome }: RuleEffect): string {
  if (kind === "force") return forced[outcome];
  return outcome === "review" ? "At least review" : "At least decline";
}

/** Every effect that there is, as a choice. */
export const effects: readonly RuleEffect[] = [
  { kind: "raise", outcome: "review" },
  { kind: "raise", outcome: "decline" },
  { kind: "force", outcome: "review" },
  { kind: "force", outcome: "decline" },
  { kind: "force", outcome: "approve" },
];

/** What the page shows now, in a line. */
export function rulesReading({ active, draft }: RulesInForce): string {
  if (active === null)
    return draft === null
      ? "No rule is in force: lists and the policy decide"
      : "No rule is in force; a draft waits for its activation";
  const count = (status: RuleStatus): number => active.rules.filter((rule) => rule.status === status).length;
  const deciding = `${plural(count("active"), "rule")} in force`;
  const watching = count("monitor") === 0 ? "" : `, ${count("monitor")} watching`;
  return `${deciding}${watching}${draft === null ? "" : "; a draft waits for its activation"}`;
}

/** What a draft changes: "1 added, 2 changed"; null when it changes nothing. */
export function differences(before: readonly Rule[], after: readonly Rule[]): string | null {
  const known = new Map(before.map((rule) => [rule.id, JSON.stringify(rule)]));
  const left = new Set(after.map(({ id }) => id));
  const added = after.filter(({ id }) => !known.has(id)).length;
  const changed = after.filter(
    (rule) => known.has(rule.id) && known.get(rule.id) !== JSON.stringify(rule),
  ).length;
  const removed = before.filter(({ id }) => !left.has(id)).length;
  const stayed = (rules: readonly Rule[], others: ReadonlySet<string>): string =>
    rules.flatMap(({ id }) => (others.has(id) ? [id] : [])).join();
  const isReordered = stayed(before, left) !== stayed(after, new Set(known.keys()));
  const parts = [
    added > 0 && `${added} added`,
    changed > 0 && `${changed} changed`,
    removed > 0 && `${removed} removed`,
    isReordered && "order changed",
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join(", ");
}

/** What a test on recent decisions found, in a sentence. */
export function testReading({ decisions, leftOut, changes }: RuleTest): string {
  if (decisions === 0) return "There is no recent decision to test on.";
  const others = leftOut === 0 ? "" : ` (${leftOut} more were scored with other features)`;
  const changed = changes.reduce((sum, { count }) => sum + count, 0);
  if (changed === 0) return `None of the newest ${decisions} decisions would change${others}.`;
  const parts = changes.map(({ from, to, count }) => `${count} from ${from} to ${to}`);
  return `${changed} of the newest ${decisions} decisions would change${others}: ${parts.join(", ")}.`;
}

/** Of a rule's hits whose label is known, how many were fraud. */
export function precisionWords({ labelled, frauds }: { labelled: number; frauds: number }): string {
  if (labelled === 0) return "no label yet";
  return `${percent(frauds / labelled)} fraud (${frauds} of ${labelled} labelled)`;
}
