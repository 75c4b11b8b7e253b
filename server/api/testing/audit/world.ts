import type { Pool } from "pg";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { Database } from "#server/db/client.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { type SeedUser, seedUser } from "#server/services/case/testing/seed.ts";
import { storeArtifact } from "#server/services/model/index.ts";
import { createCaller } from "../../root.ts";

export type Caller = ReturnType<typeof createCaller>;

/** What a mutation is tried out in. */
export type World = {
  readonly db: Database;
  readonly now: Date;
  readonly people: Readonly<Record<Role, SeedUser>>;
  readonly as: (user: SeedUser) => Caller;
  /** a new candidate */
  readonly modelVersion: () => Promise<string>;
};

/**
 * How one mutation is tried out: `prepare` makes what it needs and returns the call. made: nothing was there before;
 * changed: before and after are kept; ended: before is kept.
 */
export type Scenario = {
  readonly role: Role;
  readonly action: string;
  readonly kind: "made" | "changed" | "ended";
  readonly prepare: (world: World) => Promise<(caller: Caller) => Promise<unknown>>;
};

const refuse = (): Promise<never> => Promise.reject(new Error("no scoring in this test"));
const scoring: ScoringPort = { score: refuse, scoreBatch: refuse, byId: refuse };

export async function openWorld(db: Database, pool: Pool, artifact: ModelArtifact): Promise<World> {
  const now = new Date("2026-11-20T12:00:00.000Z");
  const person = (role: Role): Promise<SeedUser> => seedUser(db, role, `The ${role}`);
  const people = {
    viewer: await person("viewer"),
    analyst: await person("analyst"),
    lead: await person("lead"),
    model_owner: await person("model_owner"),
    admin: await person("admin"),
  };
  return {
    db,
    now,
    people,
    as: (user) => createCaller({ db, pool, scoring, now: () => now, actor: { kind: "user", ...user } }),
    modelVersion: async () => {
      const { id } = await db.modelVersion.create({
        data: {
          family: artifact.family,
          featureSetName: artifact.featureSet.name,
          featureSetVersion: artifact.featureSet.version,
          artifactHash: await storeArtifact(db, artifact),
          createdAt: now,
          trainedFrom: now,
          trainedTo: now,
          metrics: {},
        },
      });
      return id;
    },
  };
}
