"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Permission, Role } from "#server/domain/permission.ts";

export type SignedIn = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly environment: "demo" | "production";
};

const SessionContext = createContext<SignedIn | null>(null);

export function SessionProvider({
  session,
  children,
}: {
  session: SignedIn;
  children: ReactNode;
}): ReactNode {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in. Only below app/(ops). */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession is for pages that need signing in");
  return session;
}

/** Whether to offer something at all; the server checks again. */
export function useCan(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
