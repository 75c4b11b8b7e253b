import fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { labelSources, labels } from "#server/domain/label.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { inTransaction } from "#server/services/context.ts";
import { recordLabels } from "#server/services/label/index.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { withdrawVerdictLabels } from "#server/services/label/verdict-labels.ts";
import { now, seedModel, seedPolicy } from "#server/services/performance/testing/seed-window.ts";
import { createBlockBuilder, readRows } from "./index.ts";
import { readCodes } from "./read-codes.ts";
import { tickToEnd } from "./testing/build-blocks.ts";
import { type SeededPayment, seedPayments } from "./testing/seed-payments.ts";

let t: TestDatabase;
let pool: Pool;
let policyVersionId: string;
let versions: string[];
const everything = { from: new Date(now.getTime() - 100 * DAY_MS), to: now, versionId: null };

beforeAll(async () => {
  t = await createTestDatabase();
  pool = openPool(t.url, 4);
  policyVersionId = await seedPolicy(t.db);
  versions = [await seedModel(t.db), await seedModel(t.db, "retired")];
});
afterAll(async () => {
  await pool.end();
  await t.drop();
});
beforeEach(async () => {
  await pool.query(
    "truncate analysis_block, analysis_code, job_cursor, label_withdrawal, label, effective_label, decision, transaction cascade",
  );
});

let nextId = 0;

/** A payment from a handful of random numbers. */
function paymentOf(seed: number): SeededPayment {
  const pick = <T>(values: readonly T[], salt: number): T => {
    const value = values[Math.abs(Math.imul(seed + salt, 2_654_435_761) >>> 8) % values.length];
    return value as T;
  };
  const outcome = pick(outcomes, 1);
  return {
    id: `pay_${nextId++}`,
    occurredAt: new Date(now.getTime() - (seed % 5) * DAY_MS - (seed % 86_399_000)),
    score: pick([0.1, 0.25, 0.999_999, 0.5, null], 2),
    amountMinor: pick([0, 999, 12_345, 9_007_199_254], 3),
    outcome,
    customerId: `cus_${seed % 7}`,
    modelVersionId: pick([...versions, null], 4),
    cardToken: pick([null, "card_1", "card_2"], 5),
    currency: pick(["EUR", "USD", "JPY"], 6),
    channel: pick([null, "ecommerce", "atm"], 7),
    country: pick([null, "DE", "FR"], 8),
    merchantCategory: pick([null, "5732", "4111"], 9),
    propensity: pick([0, 0.002, 1], 10),
    exploration: pick([null, "approve_to_review", "active_learning"], 11),
    challenger: pick([null, { versionId: versions[1] ?? "", score: 0.75 }], 12),
    hits: pick([[], [hit("review")], [hit("review"), hit("decline")], [watching("decline")]], 13),
    origin: pick(["live", "backfill"], 14),
  };
}
const hit = (outcome: (typeof outcomes)[number]) => ({ id: "r", name: "R", outcome });
const watching = (outcome: (typeof outcomes)[number]) => ({ ...hit(outcome), monitored: true as const });

type Step =
  | { readonly do: "decide"; readonly seeds: readonly number[] }
  | { readonly do: "label"; readonly at: readonly { pick: number; source: number; label: number }[] }
  | { readonly do: "withdraw"; readonly pick: number }
  | { readonly do: "tick" }
  | { readonly do: "killed tick"; readonly after: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("decide" as const),
      seeds: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    }),
    fc.record({
      do: fc.constant("label" as const),
      at: fc.array(fc.record({ pick: fc.nat(), source: fc.nat(5), label: fc.nat(1) }), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
    fc.record({ do: fc.constant("withdraw" as const), pick: fc.nat() }),
    fc.record({ do: fc.constant("tick" as const) }),
    fc.record({ do: fc.constant("killed tick" as const), after: fc.nat(30) }),
  ),
  { minLength: 4, maxLength: 16 },
);

/** What the blocks should hold, from the tables alone and by other means. */
async function fromScratch(): Promise<unknown[]> {
  const { rows } = await pool.query(`
    select d.seq, floor(extract(epoch from d.occurred_at) * 1000)::float8 as at, d.score, d.challenger_score as challenger,
      d.amount_minor as amount, d.propensity, d.currency, t.channel, t.country, t.merchant_category as category,
      d.outcome, l.label, l.source, t.customer_id as customer, coalesce(t.card_token, 'customer ' || t.customer_id) as card,
      d.origin = 'live' as live, extract(epoch from l.recorded_at - d.occurred_at)::float8 as delay,
      t.occurred_at < (select f.occurred_at from transaction f where f.customer_id = t.customer_id order by f.seq limit 1)
        + interval '30 days' as fresh,
      (select max(case h->>'outcome' when 'review' then 2 else 3 end) from jsonb_array_elements(d.rules) h
        where h->'monitored' is null) as floor
    from decision d join transaction t on t.id = d.transaction_id
    left join effective_label l on l.transaction_id = d.transaction_id
    order by floor(extract(epoch from d.occurred_at) / 86400), coalesce(d.model_version_id, 'none') collate "C", d.seq`);
  return rows.map(({ seq: _, delay, floor, ...row }) => ({
    ...row,
    floor: floor ?? 0,
    delay: delay === null ? 0 : Math.max(0, Math.floor(delay)),
  }));
}

async function fromBlocks(): Promise<unknown[]> {
  const { rows, columns: c, dayMs } = await readRows(t.db, everything);
  const texts = async (kind: "currency" | "channel" | "country" | "category") => readCodes(t.db, kind);
  const [currency, channel, country, category] = [
    await texts("currency"),
    await texts("channel"),
    await texts("country"),
    await texts("category"),
  ];
  const found = await pool.query("select kind, value, code from analysis_code");
  const named = (kind: string, code: number | undefined): string | undefined =>
    found.rows.find((row) => row.kind === kind && row.code === code)?.value;
  const number = (value: number | undefined) => (Number.isNaN(value) ? null : value);
  return Array.from({ length: rows }, (_, i) => ({
    at: (dayMs[i] ?? 0) + (c.atMs[i] ?? 0),
    score: number(c.score[i]),
    challenger: number(c.challengerScore[i]),
    amount: c.amountMinor[i],
    propensity: c.propensity[i],
    currency: currency.get(c.currency[i] ?? 0) ?? null,
    channel: channel.get(c.channel[i] ?? 0) ?? null,
    country: country.get(c.country[i] ?? 0) ?? null,
    category: category.get(c.category[i] ?? 0) ?? null,
    outcome: outcomes[c.outcome[i] ?? 9],
    label: [null, "fraud", "legitimate"][c.label[i] ?? 9],
    source: labelSources[(c.source[i] ?? 0) - 1] ?? null,
    customer: named("customer", c.customer[i]),
    card: named("card", c.card[i]),
    live: ((c.flags[i] ?? 0) & 1) === 1,
    fresh: ((c.flags[i] ?? 0) & 2) === 2,
    floor: c.floor[i],
    delay: c.labelDelayS[i],
  }));
}

/** A pool whose connections break after so many queries, as when the process is killed. */
function breaking(after: number): Pool {
  let left = after;
  const connect = async () => {
    const client = await pool.connect();
    const query = (...args: Parameters<typeof client.query>) => {
      const text = String(args[0]);
      if (left-- <= 0 && text !== "rollback") throw new Error("killed");
      return client.query(...args);
    };
    return { query, release: () => client.release() };
  };
  return Object.assign(Object.create(pool), { connect, query: pool.query.bind(pool) });
}

async function run(step: Step, builder: { tick(): Promise<number> }): Promise<void> {
  const ctx = systemContext(t.db, now);
  const ids = (await pool.query("select id from transaction order by seq")).rows.map((row) => row.id);
  switch (step.do) {
    case "decide":
      return seedPayments(t.db, policyVersionId, step.seeds.map(paymentOf));
    case "label": {
      if (ids.length === 0) return;
      const inputs = step.at.map(({ pick, source, label }) => ({
        transactionId: ids[pick % ids.length],
        source: labelSources[source] ?? "manual",
        label: labels[label] ?? "fraud",
        occurredAt: now,
      }));
      await recordLabels(ctx, inputs);
      return;
    }
    case "withdraw":
      if (ids.length === 0) return;
      return inTransaction(ctx, async (tx) => {
        await lockLabelOrder(tx);
        await withdrawVerdictLabels(tx, ctx, { transactionIds: [ids[step.pick % ids.length]], at: now });
      });
    case "tick":
      await builder.tick();
      return;
    case "killed tick": {
      const killed = createBlockBuilder({ pool: breaking(step.after), now: () => now, batch: 5 });
      for (let turn = 0; turn < 2; turn++) await killed.tick().catch(() => {});
    }
  }
}

test("blocks equal a computation from scratch, whatever comes in whichever order and wherever it is killed", async () => {
  await fc.assert(
    fc
      .asyncProperty(steps, async (history) => {
        const builder = createBlockBuilder({ pool, now: () => now, batch: 7 });
        for (const step of history) await run(step, builder);
        await tickToEnd(pool, builder);
        expect(await fromBlocks()).toEqual(await fromScratch());
      })
      .beforeEach(async () => {
        await pool.query(
          "truncate analysis_block, analysis_code, job_cursor, label_withdrawal, label, effective_label, decision, transaction cascade",
        );
      }),
    { numRuns: 12 },
  );
}, 60_000);

test("a decision still being written when a later one is counted is not lost", async () => {
  await seedPayments(t.db, policyVersionId, [paymentOf(1)]);
  const client = await pool.connect();
  await client.query("begin");
  await client.query("select nextval('decision_seq_seq')");
  await client.query("insert into setting (key, value) values ('x', '1') on conflict do nothing");
  await seedPayments(t.db, policyVersionId, [paymentOf(2)]);
  const builder = createBlockBuilder({ pool, now: () => now });
  await builder.tick();
  expect(await builder.tick()).toBe(0);
  await client.query("rollback");
  client.release();
  await tickToEnd(pool, builder);
  expect((await readRows(t.db, everything)).rows).toBe(2);
});

test("only what changed is read again, and a label moves nothing but its payment's row", async () => {
  const payments = [1, 2, 3, 4, 5, 6].map(paymentOf);
  await seedPayments(t.db, policyVersionId, payments);
  const builder = createBlockBuilder({ pool, now: () => now });
  await tickToEnd(pool, builder);
  const before = await readRows(t.db, everything);
  expect(await readRows(t.db, everything)).toBe(before);
  const ctx = contextOf(t.db, { id: "u", name: "L", role: "admin" }, now);
  const transactionId = payments[3]?.id ?? "";
  await recordLabels(ctx, [{ transactionId, source: "manual", label: "fraud", occurredAt: now }]);
  await builder.tick();
  const after = await readRows(t.db, everything);
  expect(after.columns.label.reduce((sum, label) => sum + label, 0)).toBe(1);
  expect(after.columns.score).toEqual(before.columns.score);
  const changed = after.key.split("|").filter((part) => !before.key.includes(part));
  expect(changed).toHaveLength(1);
});
