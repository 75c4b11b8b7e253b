"use client";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "#server/api/root.ts";
import { apiLink } from "./api-link.ts";
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

/** The API and its cache for everything below. */
export function ApiProvider({ children }: { children: ReactNode }): ReactNode {
  const queryClient = queryClientOfThisSide();
  const [client] = useState(() => createTRPCClient<AppRouter>({ links: [apiLink("/api/trpc")] }));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
