import {
  dehydrate,
  type FetchInfiniteQueryOptions,
  type FetchQueryOptions,
  HydrationBoundary,
  type QueryKey,
} from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache, type ReactNode } from "react";
import { webContext } from "#server/api/context.ts";
import { appRouter } from "#server/api/root.ts";
import { makeQueryClient } from "./query-client.ts";

const queryClientOfRequest = cache(makeQueryClient);

/** The same options as in the browser, run in process: for server components only. */
export const trpc = createTRPCOptionsProxy({
  ctx: webContext,
  router: appRouter,
  queryClient: queryClientOfRequest,
});

/** Starts a query on the server; `await` it to have the data in the first HTML, or don't, to let it stream. */
export function prefetch<TData, TError, TResult, TKey extends QueryKey>(
  options: FetchQueryOptions<TData, TError, TResult, TKey>,
): Promise<void> {
  return queryClientOfRequest().prefetchQuery(options);
}

/** `prefetch` for lists that are loaded a page at a time; the first page. */
export function prefetchPages<TData, TError, TResult, TKey extends QueryKey, TPage>(
  options: FetchInfiniteQueryOptions<TData, TError, TResult, TKey, TPage>,
): Promise<void> {
  return queryClientOfRequest().prefetchInfiniteQuery(options);
}

/** Hands what was prefetched to the client components below. */
export function HydrateClient({ children }: { children: ReactNode }): ReactNode {
  return <HydrationBoundary state={dehydrate(queryClientOfRequest())}>{children}</HydrationBoundary>;
}
