import { createTRPCClient } from "@trpc/client";
import { apiLink } from "#app/trpc/api-link.ts";
import type { AppRouter } from "#server/api/root.ts";
import { Latency } from "../review/latency.ts";
import type { Api, Batch } from "./batch.ts";
import { frameBatch, pageBatches } from "./page-batches.ts";
import { type Cookies, cookieHeader } from "./session.ts";

export type BatchTimes = {
  readonly batch: string;
  /** the first call after the start of the server, milliseconds */
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
};

/** Times of what each page asks for, by its address: one call after the other, the first one included. */
export type ApiTimes = Readonly<Record<string, readonly BatchTimes[]>>;

/** Asks as the pages do, by their own link. */
export function apiAt(pagesUrl: string, cookies: Cookies): Api {
  return createTRPCClient<AppRouter>({
    links: [apiLink(`${pagesUrl}/api/trpc`, { cookie: cookieHeader(cookies) })],
  });
}

/** @throws Error naming a page of `hrefs` of which it is not known what it asks for */
export async function measureApi(
  api: Api,
  { hrefs, calls }: { readonly hrefs: readonly string[]; readonly calls: number },
  say: (line: string) => void,
): Promise<ApiTimes> {
  const batches = await pageBatches(api);
  const times: Record<string, BatchTimes[]> = {};
  const frame = await timesOf(api, frameBatch, calls);
  for (const href of hrefs) {
    const own = batches[href];
    if (own === undefined) throw new Error(`bench/pages/page-batches.ts does not say what ${href} asks for.`);
    const ofPage: BatchTimes[] = [];
    for (const batch of own) ofPage.push(await timesOf(api, batch, calls));
    times[href] = [...ofPage, frame];
    say(`  ${href}: ${ofPage.map(({ batch, p95Ms }) => `${batch} ${Math.round(p95Ms)} ms`).join(", ")}`);
  }
  return times;
}

async function timesOf(api: Api, { name, ask }: Batch, calls: number): Promise<BatchTimes> {
  const latency = new Latency(name);
  let firstMs: number | null = null;
  for (let call = 0; call < calls; call++) {
    await latency.measure(() => Promise.all(ask(api)));
    firstMs ??= latency.quantile(1);
  }
  return {
    batch: name,
    firstMs: firstMs ?? 0,
    p50Ms: latency.quantile(0.5) ?? 0,
    p95Ms: latency.quantile(0.95) ?? 0,
  };
}
