"use client";
import { useState } from "react";
import { toast } from "sonner";

/** Something that was about to be done to a case. */
export type Attempt = {
  /** "Close case 12 as fraud" */
  readonly what: string;
  /** what was typed for it, so that nothing of it is lost */
  readonly text: string | null;
  /** of the case as it was seen */
  readonly version: number;
  /** does it again, knowing what happened meanwhile */
  readonly again: (version: number) => void;
};

/** What a call that was refused says. */
type Refusal = { readonly message: string; readonly data?: { readonly code: string } | null | undefined };

export type Conflict = {
  readonly attempt: Attempt | null;
  readonly dismiss: () => void;
  /** shows both versions where somebody was faster, and says what went wrong otherwise */
  readonly refused: (error: Refusal, attempt: Attempt) => void;
};

/** What to do about a change that was refused. */
export function useConflict(): Conflict {
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  return {
    attempt,
    dismiss: () => setAttempt(null),
    refused: (error, tried) => {
      if (isConflict(error)) setAttempt(tried);
      else toast.error(`${tried.what}: not done. ${error.message}`, { duration: 15_000 });
    },
  };
}

function isConflict(error: Refusal): boolean {
  return error.data?.code === "CONFLICT";
}
