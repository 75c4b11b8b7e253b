import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { currentActor } from "#server/auth/session.ts";
import { localPath } from "./local-path.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<{ callbackUrl?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps): Promise<ReactNode> {
  const goTo = localPath((await searchParams).callbackUrl);
  if ((await currentActor()) !== null) redirect(goTo);
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <span
            aria-hidden="true"
            className="grid size-8 place-items-center rounded-md bg-accent text-lg font-semibold text-on-accent"
          >
            A
          </span>
          <h1 className="text-lg">Sign in to Assay</h1>
        </div>
        <SignInForm goTo={goTo} />
      </div>
    </main>
  );
}
