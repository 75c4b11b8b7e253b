"use client";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";

type State = "ready" | "checking" | "refused" | "unreachable";

const messages: Record<State, string | null> = {
  ready: null,
  checking: null,
  refused:
    "This e-mail address and password don't match an active account. After eight tries, wait five minutes.",
  unreachable: "Assay does not answer. Check the connection and try again.",
};

export function SignInForm({ goTo }: { goTo: string }): ReactNode {
  const router = useRouter();
  const [state, setState] = useState<State>("ready");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState("checking");
    const answer = await signIn("credentials", {
      email: form.get("email"),
      password: form.get("password"),
      redirect: false,
    }).catch(() => null);
    if (answer?.ok) {
      router.replace(goTo);
      router.refresh();
      return;
    }
    setState(answer?.status === 401 ? "refused" : "unreachable");
  };
  return (
    <form onSubmit={submit} className="space-y-4 rounded-lg border border-line bg-surface p-5">
      <Input label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
      <Input label="Password" name="password" type="password" autoComplete="current-password" required />
      <p role="alert" className="text-decline empty:hidden">
        {messages[state]}
      </p>
      <Button type="submit" look="primary" className="w-full" disabled={state === "checking"}>
        {state === "checking" ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
