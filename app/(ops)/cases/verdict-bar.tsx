"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { KeyHint } from "#app/ui/key-hint.tsx";
import type { Disposition } from "#server/domain/case.ts";
import { dispositions } from "#server/domain/case-words.ts";
import { type MenuAction, MoreMenu } from "./more-menu.tsx";
import { dispositionLook } from "./words.ts";

type VerdictBarProps = {
  canDecide: boolean;
  isBusy: boolean;
  onGive: (disposition: Disposition) => void;
  actions: readonly MenuAction[];
  onNext: () => void;
};

const toneOf: Record<Disposition, string> = {
  fraud: "text-decline",
  legitimate: "text-approve",
  not_sure: "text-muted",
};

/** The verdicts with their keys; at the bottom within reach of a thumb on a phone. */
export function VerdictBar({ canDecide, isBusy, onGive, actions, onNext }: VerdictBarProps): ReactNode {
  return (
    <div
      role="toolbar"
      aria-label="Verdict"
      className="flex items-center gap-1.5 max-md:fixed max-md:inset-x-0 max-md:bottom-14 max-md:z-30 max-md:border-t max-md:border-line max-md:bg-surface max-md:p-2"
    >
      {dispositions.map((disposition) => {
        const { word, shape, key } = dispositionLook[disposition];
        return (
          <Button
            key={disposition}
            disabled={!canDecide || isBusy}
            onClick={() => onGive(disposition)}
            className="max-md:h-11 max-md:flex-1 max-md:px-1"
          >
            <span aria-hidden="true" className={classNames("text-xs", toneOf[disposition])}>
              {shape}
            </span>
            {word}
            <span className="max-md:hidden">
              <KeyHint keys={key} />
            </span>
          </Button>
        );
      })}
      {actions.length > 0 && <MoreMenu actions={actions} />}
      <Button look="quiet" disabled={isBusy} onClick={onNext} className="max-md:h-11 max-md:px-2">
        Next
        <span className="max-md:hidden">
          <KeyHint keys="]" />
        </span>
      </Button>
    </div>
  );
}
