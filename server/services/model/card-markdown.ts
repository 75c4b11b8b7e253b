import type { ModelCard } from "./model-card.ts";

type Interval = { readonly lower: number; readonly upper: number } | null;

/** The card as a page of Markdown. */
export function cardMarkdown(card: ModelCard): string {
  const { version, data, calibration, cost, driftReference: drift } = card;
  return [
    `# Model version ${version.number}: ${version.family.replaceAll("_", " ")}`,
    `Status ${version.status}; made ${version.createdAt}; promoted ${version.promotedAt ?? "never"}; artefact \`${version.artifactHash}\`.`,
    "## Intended use",
    list(card.intendedUse),
    "## Data",
    list([
      `Feature set \`${data.featureSet}\` with ${data.features} features.`,
      `Learned from ${data.window.train}.`,
      `Chosen and calibrated on ${data.window.validation}.`,
      `Tested once on ${data.window.test}.`,
      `Rows (SHA-256): ${data.contentHash === null ? "not kept" : `\`${data.contentHash}\``}.`,
      ...sourcesOf(card),
    ]),
    "## Results on the test days",
    metricsOf(card),
    "## By group of payments",
    segmentsOf(card),
    "## Calibration",
    `By ${calibration.by}; Brier ${number(calibration.brier, 5)}, ECE ${number(calibration.ece, 5)}.`,
    "## Cost under the policy",
    cost === null
      ? "Not judged against a champion."
      : [cost.because, list(cost.checks.map(({ name, says }) => `${name}: ${says}`))].join("\n\n"),
    "## Limits",
    list(card.limits),
    "## Drift",
    `Measured against ${drift.from.slice(0, 10)} to ${drift.to.slice(0, 10)}, ${drift.rows} payments.`,
    "## Making it again",
    `\`\`\`\n${card.reproduction}\n\`\`\``,
    "",
  ].join("\n\n");
}

function sourcesOf({ data: { manifest } }: ModelCard): string[] {
  if (manifest === null) return [];
  const sources = Object.entries(manifest.labelSources).map(
    ([source, { fraud, legitimate }]) => `${source} ${fraud} fraud and ${legitimate} legitimate`,
  );
  const { declined, immature } = manifest.exclusions;
  return [
    `Labels: ${sources.join("; ")}.`,
    `Left out: ${declined} declined without a label, ${immature} too young.`,
  ];
}

function metricsOf({ metrics }: ModelCard): string {
  if (metrics === null) return "Not known: this version came without a report.";
  const rows: [string, string][] = [
    ["Payments, frauds", `${metrics.rows}, ${metrics.frauds}`],
    ["Average precision", within(metrics.averagePrecision, metrics.averagePrecisionInterval)],
    ["ROC AUC", within(metrics.rocAuc, metrics.rocAucInterval)],
    ["Recall at 0.1 % false positives", number(metrics.recallAtFpr001)],
    ["Recall at 1 % false positives", number(metrics.recallAtFpr01)],
    ["Card precision at 100 a day", number(metrics.cardPrecision100)],
  ];
  return table(["measure", "value (95 % interval)"], rows);
}

function segmentsOf({ segments }: ModelCard): string {
  if (segments.length === 0) return "Not measured.";
  return table(
    ["group", "payments", "frauds", "recall", "precision", "expected per actual fraud"],
    segments.map((one) => [
      `${one.by}: ${one.value}`,
      String(one.rows),
      String(one.frauds),
      one.tooFew ?? within(one.recall, one.recallInterval),
      one.tooFew === null ? within(one.precision, one.precisionInterval) : "–",
      number(one.calibrationRatio, 2),
    ]),
  );
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [cells(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(cells)].join("\n");
}

function number(value: number | null, digits = 3): string {
  return value === null ? "–" : value.toFixed(digits);
}

function within(value: number | null, interval: Interval): string {
  if (value === null || interval === null) return number(value);
  return `${number(value)} (${number(interval.lower)} to ${number(interval.upper)})`;
}
