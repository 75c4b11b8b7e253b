import { createRng } from "../math/seeded-random.ts";
import { type Campaign, DAY_MS, sizeAround } from "./campaign.ts";
import type { Draft } from "./draft.ts";
import type { DriftState } from "./drift.ts";
import { type CampaignKind, campaignStart, fraudCampaigns } from "./fraud-campaigns.ts";
import { driftedFraudMix, fraudMix } from "./fraud-kind.ts";
import { honestCampaigns } from "./honest-campaigns.ts";
import type { Scene } from "./routine.ts";
import type { World } from "./world.ts";

/** Share of all payments that honest campaigns make. */
export const honestCampaignShare = honestCampaigns.reduce((sum, { share }) => sum + share, 0);

type DayPlanOptions = {
  readonly dayIndex: number; // days since the epoch
  readonly paymentsPerDay: number; // all payments, campaigns included
  readonly fraudShare: number;
  readonly drift: DriftState;
};

/** The payments of every campaign that starts on a day, in no order, some of them on later days. */
export function planDay(
  world: World,
  { dayIndex, paymentsPerDay, fraudShare, drift }: DayPlanOptions,
): Draft[] {
  const scene: Scene = { world, drift, rng: createRng(`${world.seed}:day:${dayIndex}`) };
  const dayStartMs = dayIndex * DAY_MS;
  const mix = drift.newFraudPattern ? driftedFraudMix : fraudMix;
  const frauds = (Object.keys(fraudCampaigns) as CampaignKind[]).flatMap((kind) =>
    startCampaigns(scene, dayStartMs, {
      ...fraudCampaigns[kind],
      payments: paymentsPerDay * fraudShare * mix[kind],
    }),
  );
  const honest = honestCampaigns.flatMap((campaign) =>
    startCampaigns(scene, dayStartMs, { ...campaign, payments: paymentsPerDay * campaign.share }),
  );
  return frauds.concat(honest);
}

/** So many campaigns that they make `payments` on average. Small worlds have smaller ones, to see each kind. */
function startCampaigns(
  scene: Scene,
  dayStartMs: number,
  campaign: { plan: Campaign; payments: number; meanSize: number; leastSize: number },
): Draft[] {
  const { payments, leastSize } = campaign;
  const meanSize = Math.max(leastSize, Math.min(campaign.meanSize, payments * 6));
  const count = scene.rng.poisson(payments / meanSize);
  return Array.from({ length: count }, () => {
    const size = sizeAround(scene, meanSize, leastSize);
    return campaign.plan(scene, { startMs: campaignStart(scene, dayStartMs), size });
  }).flat();
}
