import { z } from "zod";
import type { SliceReport } from "#ml/evaluation/slice-report.ts";
import { StoredVerdict } from "#server/domain/gate-verdict.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { TrainingManifest } from "#server/services/training/manifest.ts";
import { cardMarkdown } from "./card-markdown.ts";
import { type VersionDetail, VersionDetailInput, versionDetail } from "./version-detail.ts";

const Interval = z.object({ lower: z.number(), upper: z.number() }).nullable();
const Segment = z.object({
  by: z.string(),
  value: z.string(),
  rows: z.int(),
  frauds: z.int(),
  recall: z.number().nullable(),
  recallInterval: Interval,
  precision: z.number().nullable(),
  precisionInterval: Interval,
  calibrationRatio: z.number().nullable(),
  tooFew: z.string().nullable(),
});

/** What somebody who answers for a model has to know of it. Numbers are null where they are undefined. */
export const ModelCard = z.object({
  format: z.literal("assay-model-card"),
  formatVersion: z.literal(1),
  version: z.object({
    number: z.int(),
    id: z.string(),
    family: z.string(),
    status: z.string(),
    createdAt: z.string(),
    promotedAt: z.string().nullable(),
    artifactHash: z.string(),
  }),
  intendedUse: z.array(z.string()),
  data: z.object({
    featureSet: z.string(),
    features: z.int(),
    window: z.object({ train: z.string(), validation: z.string(), test: z.string() }),
    contentHash: z.string().nullable(),
    /** null for versions trained before manifests */
    manifest: TrainingManifest.nullable(),
  }),
  /** on the test days, looked at once; null for a version without a report */
  metrics: z
    .object({
      rows: z.int(),
      frauds: z.int(),
      averagePrecision: z.number().nullable(),
      averagePrecisionInterval: Interval,
      rocAuc: z.number().nullable(),
      rocAucInterval: Interval,
      recallAtFpr001: z.number().nullable(),
      recallAtFpr01: z.number().nullable(),
      cardPrecision100: z.number().nullable(),
    })
    .nullable(),
  segments: z.array(Segment),
  calibration: z.object({
    by: z.string(),
    brier: z.number().nullable(),
    ece: z.number().nullable(),
  }),
  /** what the gate found of the cost under the policy; null where it was not judged */
  cost: StoredVerdict.nullable(),
  limits: z.array(z.string()),
  driftReference: z.object({ from: z.string(), to: z.string(), rows: z.int() }),
  reproduction: z.string(),
});
export type ModelCard = z.infer<typeof ModelCard>;

export const ModelCardView = z.object({ card: ModelCard, markdown: z.string() });
export type ModelCardView = z.infer<typeof ModelCardView>;

/** The card of a version, as data and as text. @throws ServiceError "forbidden" or "not_found" */
export async function modelCard(
  ctx: ServiceContext,
  input: z.infer<typeof VersionDetailInput>,
): Promise<ModelCardView> {
  requirePermission(ctx.actor, "model:read");
  const version = await versionDetail(ctx, VersionDetailInput.parse(input));
  const run =
    version.trainingRunId === null
      ? null
      : await ctx.db.trainingRun.findUnique({ where: { id: version.trainingRunId } });
  const manifest = TrainingManifest.safeParse(run?.manifest);
  const card = cardOf(version, manifest.success ? manifest.data : null);
  return { card, markdown: cardMarkdown(card) };
}

function cardOf(version: VersionDetail, manifest: TrainingManifest | null): ModelCard {
  const { facts, report } = version;
  const test = report?.families[report.selected]?.test ?? null;
  const { train, validation, test: tested } = facts.slices;
  return ModelCard.parse({
    format: "assay-model-card",
    formatVersion: 1,
    version,
    intendedUse: [
      "Gives each payment at authorisation a calibrated probability of fraud. A policy of costs turns it into approve, review or decline.",
      "Not for judging people: a score is of a payment, from what this installation saw. Not for other installations: it learned from the payments and labels of this one.",
    ],
    data: {
      featureSet: version.featureSetVersion,
      features: facts.features,
      window: { train: spanOf(train), validation: spanOf(validation), test: spanOf(tested) },
      contentHash: manifest?.contentHash ?? null,
      manifest,
    },
    metrics: test,
    segments: segmentsOf(report?.slices),
    calibration: { by: facts.calibrator, brier: test?.brier ?? null, ece: test?.ece ?? null },
    cost: report?.gate ?? null,
    limits: limitsOf(version, manifest),
    driftReference: { ...datesOf(validation), rows: validation.rows },
    reproduction:
      manifest === null
        ? `npm run train -- --seed ${facts.seed} --families ${version.family}`
        : "npm run train -- --from-manifest manifest.json",
  });
}

type Span = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: number;
  readonly frauds: number;
};

function datesOf({ fromMs, toMs }: Span): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function spanOf(slice: Span): string {
  const { from, to } = datesOf(slice);
  return `${from.slice(0, 10)} to ${to.slice(0, 10)}: ${slice.rows} payments, ${slice.frauds} frauds`;
}

function segmentsOf(slices: SliceReport | undefined): z.infer<typeof Segment>[] {
  return (slices?.slices ?? []).flatMap(({ title, groups }) =>
    groups.map((group) => Segment.parse({ ...group, by: title })),
  );
}

function limitsOf({ facts, report }: VersionDetail, manifest: TrainingManifest | null): string[] {
  const days = manifest?.maturity.days;
  return [
    days === undefined
      ? "Payments without a label count as legitimate once they are mature."
      : `Payments without a label count as legitimate once they are ${days} days old: fraud that nobody reports is learnt as legitimate.`,
    "Declined payments are learnt from only where somebody labelled them or exploration let them through to review.",
    ...(facts.slices.test.frauds < 100
      ? [`The test days hold ${facts.slices.test.frauds} frauds: the figures are rough.`]
      : []),
    ...(report?.leaks ?? []).map(({ text }) => `To be explained: ${text}`),
    ...(report?.slices?.slices ?? [])
      .filter(({ groups }) => groups.some(({ tooFew }) => tooFew !== null))
      .map(({ title }) => `${title}: some groups are too small to be judged.`),
  ];
}
