import type { ReactNode } from "react";
import { DueMark } from "../queue/due-mark.tsx";
import type { CaseRow } from "./words.ts";

/** Which queue it lies in, whose it is there, and by when a verdict is promised. */
export function CasePlace({ detail }: { detail: CaseRow }): ReactNode {
  const { queue, owner, dueAt, status, escalatedAt } = detail;
  if (status !== "open") return null;
  return (
    <>
      {queue !== null && ` · ${queue.name}`}
      {owner !== null && `, assigned to ${owner.name}`}
      {escalatedAt !== null && <span className="text-review"> · ▲ escalated</span>}
      {dueAt !== null && (
        <>
          {" · "}
          <DueMark dueAt={dueAt} />
        </>
      )}
    </>
  );
}
