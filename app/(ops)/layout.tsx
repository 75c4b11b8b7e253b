import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { readPreferences } from "#app/shell/preferences.ts";
import { SessionProvider } from "#app/shell/session-context.tsx";
import { Shell } from "#app/shell/shell.tsx";
import { currentActor } from "#server/auth/session.ts";
import { webConnections } from "#server/auth/web-connections.ts";
import { permissionsOfRole } from "#server/domain/permission.ts";

/** Everything here is for people who have signed in. */
export default async function OpsLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  const actor = await currentActor();
  if (actor?.kind !== "user") redirect(await signInAddress());
  const session = {
    id: actor.id,
    name: actor.name,
    role: actor.role,
    permissions: [...permissionsOfRole[actor.role]],
    environment: webConnections().environment.ASSAY_ENVIRONMENT,
  };
  return (
    <SessionProvider session={session}>
      <Shell preferences={await readPreferences()}>{children}</Shell>
    </SessionProvider>
  );
}

async function signInAddress(): Promise<string> {
  const wanted = (await headers()).get("x-assay-path") ?? "/";
  return `/sign-in?${new URLSearchParams({ callbackUrl: wanted })}`;
}
