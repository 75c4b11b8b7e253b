import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "#server/api/root.ts";

export type Api = TRPCClient<AppRouter>;

/** What a page asks for at one moment: the calls made within go in one request. */
export type Batch = { readonly name: string; readonly ask: (api: Api) => readonly Promise<unknown>[] };

export function batch(name: string, ...asks: readonly ((api: Api) => Promise<unknown>)[]): Batch {
  return { name, ask: (api) => asks.map((ask) => ask(api)) };
}

/** The batches of pages by their addresses. */
export type PageBatches = Readonly<Record<string, readonly Batch[]>>;

/** No page's address says more than its path. */
export const plain = Promise.resolve({});
