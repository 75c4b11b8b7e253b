import type { Scenario, World } from "./world.ts";

/** A new champion; `daysAgo` puts its promotion into the past. */
async function promoted(world: World, daysAgo = 0): Promise<string> {
  const id = await world.modelVersion();
  await world.as(world.people.model_owner).model.promote({ versionId: id });
  const promotedAt = new Date(world.now.getTime() - daysAgo * 86_400_000);
  await world.db.modelVersion.update({ where: { id }, data: { promotedAt } });
  return id;
}

/** A challenger beside a new champion. */
async function challenged(world: World): Promise<string> {
  await world.db.canary.deleteMany();
  await world.db.modelVersion.updateMany({ data: { status: "retired" } });
  await promoted(world);
  const versionId = await world.modelVersion();
  await world.as(world.people.model_owner).model.startShadow({ versionId });
  return versionId;
}

const share = { share: 0.1, expectedShare: null, reason: "to see" };

/** Which model decides, and how it comes to be. */
export const modelScenarios: Readonly<Record<string, Scenario>> = {
  "model.promote": {
    role: "model_owner",
    action: "model.promote",
    kind: "changed",
    prepare: async (world) => {
      await promoted(world);
      const versionId = await world.modelVersion();
      return (caller) => caller.model.promote({ versionId });
    },
  },
  "model.rollback": {
    role: "model_owner",
    action: "model.rollback",
    kind: "changed",
    prepare: async (world) => {
      await promoted(world, 2);
      await promoted(world, 1);
      return (caller) => caller.model.rollback();
    },
  },
  "model.startShadow": {
    role: "model_owner",
    action: "model.shadow_start",
    kind: "changed",
    prepare: async (world) => {
      await world.db.modelVersion.updateMany({ data: { status: "retired" } });
      await promoted(world);
      const versionId = await world.modelVersion();
      return (caller) => caller.model.startShadow({ versionId });
    },
  },
  "model.stopShadow": {
    role: "model_owner",
    action: "model.shadow_stop",
    kind: "changed",
    prepare: async (world) => {
      const versionId = await challenged(world);
      return (caller) => caller.model.stopShadow({ versionId });
    },
  },
  "canary.propose": {
    role: "model_owner",
    action: "model.canary_start",
    kind: "made",
    prepare: async (world) => {
      const versionId = await challenged(world);
      return (caller) => caller.canary.propose({ versionId, ...share });
    },
  },
  "canary.stop": {
    role: "model_owner",
    action: "model.canary_stop",
    kind: "changed",
    prepare: async (world) => {
      const versionId = await challenged(world);
      await world.as(world.people.model_owner).canary.propose({ versionId, ...share });
      return (caller) => caller.canary.stop({ versionId, reason: "enough" });
    },
  },
  "training.start": {
    role: "model_owner",
    action: "training.request",
    kind: "made",
    prepare: async ({ db }) => {
      await db.trainingRun.deleteMany();
      return (caller) => caller.training.start({ seed: 3 });
    },
  },
  "experiment.start": {
    role: "model_owner",
    action: "training.request",
    kind: "made",
    prepare: async ({ db }) => {
      await db.trainingRun.deleteMany();
      const asked = { families: ["gradient_boosting" as const], imbalanceMethods: ["none" as const] };
      return (caller) => caller.experiment.start(asked);
    },
  },
  "training.recalibrate": {
    role: "model_owner",
    action: "model.recalibrate",
    kind: "made",
    prepare: async (world) => {
      await world.db.trainingRun.deleteMany();
      const championId = await promoted(world);
      return (caller) => caller.training.recalibrate({ championId, reason: "Scores promise too much." });
    },
  },
  "training.cancel": {
    role: "model_owner",
    action: "training.cancel",
    kind: "changed",
    prepare: async ({ db, as, people }) => {
      await db.trainingRun.deleteMany();
      const { id: runId } = await as(people.model_owner).training.start({ seed: 4 });
      return (caller) => caller.training.cancel({ runId });
    },
  },
  "training.setTriggers": {
    role: "model_owner",
    action: "retraining.settings",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const { settings: expected } = await as(people.model_owner).training.triggers();
      const settings = { ...expected, matureLabels: (expected.matureLabels ?? 0) + 100 };
      return (caller) => caller.training.setTriggers({ settings, expected });
    },
  },
};
