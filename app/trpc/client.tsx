"use client";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, splitLink, type TRPCLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "#server/api/root.ts";
import { makeQueryClient } from "./query-client.ts";

/** `useTRPC()` gives `trpc.<noun>.<verb>.queryOptions(…)` for react-query's hooks. */
const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

export { useTRPC };

let browserQueryClient: QueryClient | null = null;

function queryClientOfThisSide(): QueryClient {
  if (typeof window === "undefined") return makeQueryClient();
  browserQueryClient ??= makeQueryClient();
  return browserQueryClient;
}

const ADDRESS_MAX = 4_000;
/** Longer inputs make an address too long once they are percent-encoded. */
const INPUT_MAX = 1_000;

/** A query whose input is too long for an address, such as one that names many cases, travels in a body. */
function apiLink(): TRPCLink<AppRouter> {
  const url = "/api/trpc";
  return splitLink({
    condition: ({ type, input }) => type === "query" && (JSON.stringify(input) ?? "").length > INPUT_MAX,
    true: httpBatchLink({ url, methodOverride: "POST" }),
    false: httpBatchLink({ url, maxURLLength: ADDRESS_MAX }),
  });
}

/** The API and its cache for everything below. */
export function ApiProvider({ children }: { children: ReactNode }): ReactNode {
  const queryClient = queryClientOfThisSide();
  const [client] = useState(() => createTRPCClient<AppRouter>({ links: [apiLink()] }));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
