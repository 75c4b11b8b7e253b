import { z } from "zod";
import type { Database } from "#server/db/client.ts";

const SETTING = "demo";

const DemoWorld = z.object({
  seed: z.int(),
  startMs: z.int(),
  endMs: z.int(), // where the past ends and the live feed begins
  days: z.int(),
  customers: z.int(),
  merchants: z.int(),
  ready: z.boolean(), // the past, a champion and the first cases are there
});
export type DemoWorld = z.infer<typeof DemoWorld>;

/** The world that this installation's demo lives in, or null before the first start. */
export async function loadDemoWorld(db: Database): Promise<DemoWorld | null> {
  const row = await db.setting.findUnique({ where: { key: SETTING } });
  return row === null ? null : DemoWorld.parse(row.value);
}

/** Keeps the world, so that an interrupted or later start goes on with the same one. */
export async function saveDemoWorld(db: Database, world: DemoWorld): Promise<void> {
  await db.setting.upsert({
    where: { key: SETTING },
    create: { key: SETTING, value: world },
    update: { value: world },
  });
}
